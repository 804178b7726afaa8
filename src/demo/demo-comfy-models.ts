/** A model file: what it is called, which folder it belongs to, how large it is. */
export interface ModelFile {
  readonly folder: string;
  readonly name: string;
  readonly megabytes: number;
}

const inFolder = (folder: string, files: Readonly<Record<string, number>>): readonly ModelFile[] =>
  Object.entries(files).map(([name, megabytes]) => ({ folder, name, megabytes }));

const CHECKPOINTS = inFolder('checkpoints', {
  'sd_xl_base_1.0.safetensors': 6938,
  'sd_xl_refiner_1.0.safetensors': 6075,
  'sd_xl_turbo_1.0_fp16.safetensors': 6938,
  'v1-5-pruned-emaonly.safetensors': 4265,
  'dreamshaper_8.safetensors': 2132,
  'juggernautXL_v9.safetensors': 7105,
  'realvisxl_v5.0.safetensors': 6938,
  'ponyDiffusionV6XL.safetensors': 6939,
  'animagine-xl-4.0.safetensors': 6938,
  'deliberate_v3.safetensors': 2132,
  'sd3.5_large.safetensors': 16460,
  'sd3.5_medium.safetensors': 5107,
  'flux1-dev-fp8.safetensors': 17246,
  'flux1-schnell-fp8.safetensors': 17246,
  'ltx-video-2b-v0.9.8.safetensors': 6340,
  'stable-audio-open-1.0.safetensors': 4853,
  'ace_step_v1_3.5b.safetensors': 7732,
  'svd_xt_1_1.safetensors': 4782,
});

const DIFFUSION = inFolder('diffusion_models', {
  'flux1-dev.safetensors': 23802,
  'flux1-kontext-dev.safetensors': 23802,
  'wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors': 14294,
  'wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors': 14294,
  'wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors': 14294,
  'wan2.2_ti2v_5B_fp16.safetensors': 9999,
  'qwen_image_fp8_e4m3fn.safetensors': 20431,
  'qwen_image_edit_2509_fp8_e4m3fn.safetensors': 20431,
  'hunyuan_video_t2v_720p_bf16.safetensors': 25642,
  'hunyuan3d-dit-v2-1.ckpt': 7370,
  'hidream_i1_dev_fp8.safetensors': 17107,
  'chroma-unlocked-v37.safetensors': 17800,
});

const PARTS = [
  ...inFolder('vae', {
    'ae.safetensors': 335,
    'sdxl_vae.safetensors': 335,
    'vae-ft-mse-840000-ema-pruned.safetensors': 335,
    'wan_2.1_vae.safetensors': 254,
    'wan2.2_vae.safetensors': 1409,
    'qwen_image_vae.safetensors': 254,
    'hunyuan_video_vae_bf16.safetensors': 493,
  }),
  ...inFolder('text_encoders', {
    'clip_l.safetensors': 246,
    'clip_g.safetensors': 1389,
    't5xxl_fp16.safetensors': 9787,
    't5xxl_fp8_e4m3fn_scaled.safetensors': 5157,
    'umt5_xxl_fp8_e4m3fn_scaled.safetensors': 6735,
    'qwen_2.5_vl_7b_fp8_scaled.safetensors': 9384,
    'llava_llama3_fp8_scaled.safetensors': 9091,
  }),
  ...inFolder('controlnet', {
    'control_v11p_sd15_openpose.pth': 1445,
    'control_v11f1p_sd15_depth.pth': 1445,
    'control_v11p_sd15_canny.pth': 1445,
    'diffusers_xl_canny_full.safetensors': 2502,
    'diffusers_xl_depth_full.safetensors': 2502,
    'controlnet-union-sdxl-promax.safetensors': 2513,
    'flux-controlnet-union-pro-2.safetensors': 4281,
    'qwen_image_instantx_controlnet.safetensors': 3536,
  }),
  ...inFolder('upscale_models', {
    '4x-UltraSharp.pth': 67,
    '4x_foolhardy_Remacri.pth': 67,
    'RealESRGAN_x4plus.pth': 64,
    'RealESRGAN_x4plus_anime_6B.pth': 18,
    '8x_NMKD-Superscale_150000_G.pth': 67,
  }),
  ...inFolder('clip_vision', {
    'clip_vision_h.safetensors': 1264,
    'sigclip_vision_patch14_384.safetensors': 857,
  }),
  ...inFolder('embeddings', { 'easynegative.safetensors': 1, 'badhandv4.pt': 1, 'FastNegativeV2.pt': 1 }),
];

const STYLES = [
  'watercolour',
  'film_grain',
  'pixel_art',
  'ink_wash',
  'claymation',
  'isometric',
  'line_art',
  'product_light',
  'detail_tweaker',
  'paper_cut',
  'vintage_poster',
  'macro_lens',
  'cinematic_teal',
  'anime_screencap',
  'charcoal',
  'risograph',
  'stained_glass',
  'low_poly',
  'ukiyo_e',
  'botanical',
  'neon_noir',
  'soft_focus',
  'blueprint',
  'collage',
  'gouache',
  'tilt_shift',
  'woodcut',
] as const;

const BASES = [
  ['sd15', 151],
  ['xl', 228],
  ['flux', 656],
  ['wan22', 307],
] as const;

const LORAS = STYLES.flatMap((style, row) =>
  BASES.flatMap(([base, megabytes], column) => ({
    folder: 'loras',
    name: `${style}_${base}_v${((row + column) % 4) + 1}.safetensors`,
    megabytes,
  })),
);

export const MODEL_FILES: readonly ModelFile[] = [...LORAS, ...CHECKPOINTS, ...DIFFUSION, ...PARTS];
