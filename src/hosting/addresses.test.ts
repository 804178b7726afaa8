import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, publicLookup } from './addresses.ts';

describe('isPublicAddress', () => {
  it.each([
    '93.184.215.14',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:2800:21f::1',
    '2a00:1450::1',
  ])('takes %s for public', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
    '',
  ])('does not take %s for public', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('publicLookup', () => {
  const lookUp = (addresses: LookupAddress[], all: boolean) =>
    new Promise((resolve, reject) => {
      publicLookup(() => Promise.resolve(addresses))('storage.example', { all }, (error, ...found) => {
        if (error) reject(error);
        else resolve(found);
      });
    });
  const four = { address: '93.184.215.14', family: 4 };
  const six = { address: '2606:2800:21f::1', family: 6 };

  it('hands the connection the very addresses that were checked', async () => {
    expect(await lookUp([four, six], true)).toEqual([[four, six]]);
    expect(await lookUp([four, six], false)).toEqual([four.address, 4]);
  });

  it('refuses a name as soon as one of its addresses is private', async () => {
    const mixed = [four, { address: '10.0.0.1', family: 4 }];
    await expect(lookUp(mixed, true)).rejects.toMatchObject({ code: 'UPSTREAM_REDIRECT' });
    await expect(lookUp(mixed, false)).rejects.toMatchObject({ code: 'UPSTREAM_REDIRECT' });
  });
});
