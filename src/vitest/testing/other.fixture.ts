import { expect, it } from 'vitest';

it('is no claim', () => {
  expect(1 + 1).toBe(2);
});
