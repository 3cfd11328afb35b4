import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';
import { load } from './client.mjs';

// A command in a container: input, both outputs and the exit code, over a WebSocket. Arguments: namespace, pod, container.
const [namespace, pod, container] = process.argv.slice(2);
const exec = new k8s.Exec(load());

async function run(command, input) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const [outText, errText] = [collect(out), collect(err)];
  const status = await new Promise((resolve, reject) => {
    const stdin = input === undefined ? null : new PassThrough();
    stdin?.write(input); // Not ended: before v5 of the protocol the end of the input ends the connection.
    exec.exec(namespace, pod, container, command, out, err, stdin, false, resolve).catch(reject);
  });
  out.end();
  err.end();
  return { status, out: await outText, err: await errText };
}

async function collect(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

const both = await run(['sh', '-c', 'echo to-out; echo to-err >&2']);
assert.equal(both.out, 'to-out\n');
assert.equal(both.err, 'to-err\n');
assert.equal(both.status.status, 'Success');

const failed = await run(['sh', '-c', 'exit 7']);
assert.equal(failed.status.status, 'Failure');
assert.equal(failed.status.details.causes.find((c) => c.reason === 'ExitCode').message, '7');

const echoed = await run(['head', '-c', '5'], 'hello');
assert.equal(echoed.out, 'hello');
console.log('exec: ok');
process.exit(0);
