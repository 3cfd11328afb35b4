import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';
import { load } from './client.mjs';

// Server-side apply: creates, owns fields, is told of conflicts, takes them over by force, and lets go of what it leaves out.
const client = k8s.KubernetesObjectApi.makeApiClient(load());
const base = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied-by-node', namespace: 'default' } };
const apply = (data, manager, force = false) =>
  client.patch({ ...base, data }, undefined, undefined, manager, force, k8s.PatchStrategy.ServerSideApply);

const created = await apply({ one: '1', two: '2' }, 'first');
assert.deepEqual(created.data, { one: '1', two: '2' });
assert.deepEqual(created.metadata.managedFields.map((f) => [f.manager, f.operation]), [['first', 'Apply']]);

await assert.rejects(apply({ two: '3' }, 'second'), (error) => {
  assert.equal(error.code, 409);
  assert.match(String(error.body), /conflict with \\?"first\\?"/);
  return true;
});
const forced = await apply({ two: '3' }, 'second', true);
assert.deepEqual(forced.data, { one: '1', two: '3' });
const released = await apply({}, 'first');
assert.deepEqual(released.data, { two: '3' });
await client.delete(base);
console.log('apply: ok');
