import { expect, it } from 'vitest';

it('is no claim', () => {
  expect(1 + 1).toBe(2);
});

it.for(['a word', null, { id: 'text only' }])('carries something else by that name: %j', (other, { task }) => {
  task.meta.claim = other as never;
  expect(task.meta).toHaveProperty('claim');
});
