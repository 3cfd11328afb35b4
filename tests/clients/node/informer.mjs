import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';
import { load } from './client.mjs';

// An informer sees what is there, what comes, what changes and what goes.
const config = load();
const api = config.makeApiClient(k8s.CoreV1Api);
const namespace = 'default';
const configMap = (name, value) => ({ metadata: { name, labels: { from: 'node' } }, data: { key: value } });
await api.createNamespacedConfigMap({ namespace, body: configMap('there', '1') });

const list = () => api.listNamespacedConfigMap({ namespace, labelSelector: 'from=node' });
const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, list, 'from=node');
const seen = [];
let wake = () => {};
for (const verb of ['add', 'update', 'delete']) {
  informer.on(verb, (object) => {
    seen.push(`${verb} ${object.metadata.name} ${object.data.key}`);
    wake();
  });
}
let isStopping = false;
informer.on('error', (error) => {
  if (isStopping) return;
  console.error(error);
  process.exit(1);
});

async function until(expected) {
  while (seen.length < expected.length) {
    await new Promise((resolve) => { wake = resolve; });
  }
  assert.deepEqual(seen, expected);
}

await informer.start();
await until(['add there 1']);
const created = await api.createNamespacedConfigMap({ namespace, body: configMap('new', '1') });
await until(['add there 1', 'add new 1']);
created.data.key = '2';
await api.replaceNamespacedConfigMap({ name: 'new', namespace, body: created });
await until(['add there 1', 'add new 1', 'update new 2']);
await api.deleteNamespacedConfigMap({ name: 'there', namespace });
await until(['add there 1', 'add new 1', 'update new 2', 'delete there 1']);
assert.equal(informer.get('new', namespace).data.key, '2');
assert.equal(informer.get('there', namespace), undefined);
isStopping = true;
await informer.stop();
console.log('informer: ok');
process.exit(0);
