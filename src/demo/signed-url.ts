const LIFE_SECONDS = 900;

/** The address that the caller used, up to the API's own path. */
export const mediaBase = (requestUrl: string): string =>
  `${requestUrl.slice(0, requestUrl.indexOf('/v1/'))}/media`;

/** A link to stored bytes that works for a quarter of an hour, as S3-like storage makes them. */
export function signedMediaUrl(base: string, id: string): string {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return `${base}/${id}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=${LIFE_SECONDS}`;
}

export function isSignatureLive(url: string): boolean {
  const parameters = new URL(url).searchParams;
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(parameters.get('X-Amz-Date') ?? '');
  if (date === null) return false;
  const [, year, month, day, hours, minutes, seconds] = date;
  const signed = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Date.now() <= signed + Number(parameters.get('X-Amz-Expires')) * 1000;
}
