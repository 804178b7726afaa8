import { HttpResponse } from 'msw';
import type { FieldProblem } from '@/domain/errors';

/** The hosted service or a server of one's own: same paths, different manners. */
export type ComfyFlavour = 'cloud' | 'oss';

/** The answers to what goes wrong, in the envelope of either kind of server. */
export interface ComfyErrors {
  invalidQuery(problems: readonly FieldProblem[]): Response;
  invalidBody(problem: FieldProblem): Response;
  unsupportedParameter(parameter: string): Response;
  invalidCursor(message: string): Response;
  unauthorized(): Response;
  unexpectedKey(): Response;
  assetNotFound(id: string): Response;
  immutable(id: string): Response;
  fileNotFound(): Response;
  /** No such path, or an id that the router does not take for one. */
  noRoute(): Response;
}

export function comfyErrors(flavour: ComfyFlavour): ComfyErrors {
  const envelope = (status: number, code: string, message: string, details: object = {}) =>
    flavour === 'cloud'
      ? HttpResponse.json({ code, message }, { status })
      : HttpResponse.json({ error: { code, message, details } }, { status });

  const invalid = (code: string, summary: string, problems: readonly FieldProblem[]) => {
    const errors = problems.map(({ field, message }) => ({
      type: 'value_error',
      loc: [field],
      msg: message,
    }));
    const words = problems.map(({ field, message }) => `${field} ${message}`).join('; ');
    return envelope(400, code, flavour === 'cloud' ? words : summary, { errors });
  };

  return {
    invalidQuery: (problems) => invalid('INVALID_QUERY', 'Validation failed.', problems),
    invalidBody: (problem) => invalid('INVALID_BODY', 'Invalid JSON body.', [problem]),
    unsupportedParameter: (parameter) => envelope(400, 'UNSUPPORTED_PARAM', `${parameter} is not supported`),
    invalidCursor: (message) => envelope(400, 'INVALID_CURSOR', message),
    unauthorized: () => envelope(401, 'UNAUTHORIZED', 'Invalid or missing API key'),
    unexpectedKey: () => envelope(400, 'UNEXPECTED_KEY', 'A key was sent to a server that asks for none'),
    assetNotFound: (id) => envelope(404, 'ASSET_NOT_FOUND', `Asset ${id} not found`, { id }),
    immutable: (id) => envelope(409, 'ASSET_IMMUTABLE', `Asset ${id} is immutable`, { id }),
    fileNotFound: () => envelope(404, 'FILE_NOT_FOUND', 'File not found'),
    noRoute: () =>
      flavour === 'cloud'
        ? envelope(404, 'NOT_FOUND', 'Not found')
        : new HttpResponse(null, { status: 404, headers: { 'content-type': 'application/octet-stream' } }),
  };
}
