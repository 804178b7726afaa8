import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readErrorBody } from './error-body';

const read = (body: unknown, contentType = 'application/json') =>
  readErrorBody(typeof body === 'string' ? body : JSON.stringify(body), contentType, null);

describe('readErrorBody', () => {
  it.each([
    ['flat', { code: 'X', message: 'm' }],
    ['flat with error_code', { error_code: 'X', message: 'm' }],
    ['nested', { error: { code: 'X', message: 'm', details: {} } }],
  ])('reads the %s envelope', (_name, body) => {
    expect(read(body)).toEqual({ code: 'X', message: 'm', fields: [], isApiAnswer: true });
  });

  it.each([
    ['text under error', { error: 'm' }, true],
    ['text under detail', { detail: 'm' }, false],
    ['a JSON string', '"m"', false],
    ['plain text', 'm', false],
  ])('reads %s', (_name, body, isApiAnswer) => {
    expect(read(body, 'text/plain')).toEqual({ code: null, message: 'm', fields: [], isApiAnswer });
  });

  const fields = [{ field: 'query.limit', message: 'too big' }];
  it.each([
    ['Roughy', { error: { code: 'validation_error', message: 'm', fields } }],
    [
      'ComfyUI',
      { error: { message: 'm', details: { errors: [{ loc: ['query', 'limit'], msg: 'too big' }] } } },
    ],
    [
      'details beside the code',
      { message: 'm', details: { errors: [{ loc: ['query', 'limit'], msg: 'too big' }] } },
    ],
    ['FastAPI', { detail: [{ loc: ['query', 'limit'], msg: 'too big', type: 'x' }] }],
  ])('finds the fields of %s', (_name, body) => {
    expect(read(body).fields).toEqual(fields);
  });

  it.each(['<html>', '  <!doctype html>', '<?xml version="1.0"?><Error/>'])(
    'takes no words from %s',
    (body) => {
      expect(read(body, 'text/plain')).toEqual({ code: null, message: null, fields: [], isApiAnswer: false });
    },
  );

  it('believes JSON that calls itself HTML', () => {
    expect(read({ message: 'm' }, 'text/html')).toMatchObject({ message: 'm', isApiAnswer: true });
    expect(read('Not here', 'text/html')).toMatchObject({ message: null, isApiAnswer: false });
  });

  it('keeps messages short, without cutting a character in half', () => {
    const { message } = read({ message: `${'x'.repeat(499)}😀😀` });
    expect(message).toBe(`${'x'.repeat(499)}😀`);
  });

  it('survives anything and repeats no secret', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string({ minLength: 1 }), (text, contentType) => {
        const body = readErrorBody(text, contentType, null);
        expect((body.message ?? '').length).toBeLessThanOrEqual(1000);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const secret = 'sk_0123456789abcdef';
        const text = JSON.stringify({ error: { message: before + secret + after, code: secret } });
        expect(JSON.stringify(readErrorBody(text, null, secret))).not.toContain(secret);
      }),
    );
  });
});
