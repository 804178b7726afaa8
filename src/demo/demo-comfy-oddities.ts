import type { ComfyAssetJson } from './comfy-contract';

type Oddity = Partial<ComfyAssetJson> & { readonly name: string };

const IMMUTABLE_NAMES = ['starter_kit', 'licence_proof', 'brand_board', 'delivery_master'] as const;

/** Names, tags and addresses that trip careless software; all of them have been seen for real. */
export const ODDITIES: readonly Oddity[] = [
  { name: 'صورة_نهائية_٠٧.png' },
  { name: 'תמונה סופית (2).png' },
  { name: 'abc\u202Egnp.exe_not_really.png' },
  { name: '🦊🌋✨ final 🎨.png' },
  { name: '👩‍👩‍👧‍👦 family portrait.png' },
  { name: `${'a_very_long_name_that_never_ends_'.repeat(8).slice(0, 251)}.png` },
  { name: '<img src=x onerror=alert(1)> 07.png' },
  { name: '"><script>alert(document.domain)</script>.png' },
  { name: `it's "quoted" — 'twice'.png` },
  { name: '100% done.png' },
  { name: '50%25 off %2Fetc%2Fpasswd.png' },
  { name: 'take #3? final!.png' },
  { name: 'red, green; blue & grey + more.png' },
  { name: '...leading dots.png' },
  { name: 'cafe\u0301 decomposed.png' },
  { name: 'caf\u00E9 composed.png' },
  { name: ' spaces  everywhere .png' },
  { name: 'line one\nline two.png' },
  { name: '=SUM(A1:A9).csv', mime_type: 'text/csv' },
  { name: 'noextension', mime_type: null },
  { name: 'runs/2026-11/img_00001_.png' },
  { name: '東京の夜景_第十二稿.png' },
  { name: 'script preview.png', preview_url: 'javascript:alert(document.cookie)' },
  { name: 'credentials preview.png', preview_url: 'https://user:secret@previews.example/leak.png' },
  { name: 'markup preview.png', preview_url: 'data:text/html,<script>alert(1)</script>' },
  {
    name: 'tagged beyond reason.png',
    tags: [
      'output',
      ...Array.from({ length: 41 }, (_, index) => `mood-board-${String(index + 1).padStart(2, '0')}`),
    ],
  },
  { name: 'tag with a comma.png', tags: ['output', 'a,b'] },
  { name: 'no tags at all.png', tags: [] },
  ...Array.from({ length: 12 }, (_, index) => ({
    name: `${IMMUTABLE_NAMES[index % 4] ?? 'locked'}_${Math.floor(index / 4) + 1}.png`,
    is_immutable: true,
    tags: ['output', 'locked'],
  })),
];
