/** An uploaded recording as Roughy sends it one by one; lists leave out the last four fields. */
export interface RoughyAssetJson {
  readonly id: string;
  readonly project_id: string;
  readonly type: 'audio' | 'video' | null;
  readonly state: string;
  readonly extension: string | null;
  readonly size_bytes: number | null;
  readonly content_type: string | null;
  /** A decimal number as text. */
  readonly duration_seconds: string | null;
  readonly language: string | null;
  readonly created_at: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly upload_url: string | null;
}

export interface RoughyProjectJson {
  readonly id: string;
  readonly name: string;
  readonly state: 'active' | 'archived';
  readonly archived_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface RoughyWork {
  readonly id: string;
  readonly asset_id: string;
  readonly state: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

export interface RoughyCutJson extends RoughyWork {
  readonly script: string | null;
}

export interface RoughyRenderJson extends RoughyWork {
  /** Null means the whole recording. */
  readonly cut_id: string | null;
  readonly output: Readonly<Record<string, string | number>>;
  readonly size_bytes: number | null;
}

export const WORK_STATES = ['pending', 'processing', 'completed', 'failed'] as const;
export const PROJECT_STATES = ['active', 'archived'] as const;
