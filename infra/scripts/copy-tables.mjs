#!/usr/bin/env node
// Copies the desk's tables into a folder and back, row by row, with the types of their columns. Needs Node 20 or later.
//
//   copy-tables.mjs out  ACCOUNT FOLDER   writes FOLDER/{table}.jsonl; whoever is signed in to the Azure CLI needs Storage Table Data Reader
//   copy-tables.mjs in   ACCOUNT FOLDER   puts back the rows that are missing; what is there stays (Storage Table Data Contributor)
//   copy-tables.mjs over ACCOUNT FOLDER   puts back every row of the copy, over what is there
//
// TABLE_ENDPOINT: the tables of another cloud or of an emulator. TABLE_SAS: a shared access signature, used instead of signing in.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

// Drafts and Requests live for a day at most and are left out.
const tables = ['Audit', 'Channels', 'Contacts', 'Desk', 'Events', 'Facts', 'Inbox', 'Rollups', 'Waiting', 'Webhooks', 'WorkflowRuns'];
const attempts = 6;
const atOnce = 32;

const [direction, account, folder] = process.argv.slice(2);
if (!['out', 'in', 'over'].includes(direction) || !folder) {
  console.error('usage: copy-tables.mjs out|in|over ACCOUNT FOLDER');
  process.exit(64);
}
const endpoint = (process.env.TABLE_ENDPOINT ?? `https://${account}.table.core.windows.net`).replace(/\/$/, '');
const sas = process.env.TABLE_SAS ?? '';

let token = { value: '', until: 0 };

async function headers() {
  const base = { 'x-ms-version': '2019-12-12', accept: 'application/json;odata=minimalmetadata', 'content-type': 'application/json', prefer: 'return-no-content' };
  if (sas) return base;
  if (token.until < Date.now()) {
    const { stdout } = await promisify(execFile)('az', ['account', 'get-access-token', '--resource', 'https://storage.azure.com', '--output', 'json']);
    token = { value: JSON.parse(stdout).accessToken, until: Date.now() + 4 * 60_000 };
  }
  return { ...base, authorization: `Bearer ${token.value}` };
}

/** Repeats what may pass: no answer, too many requests, an error of the service. 409 is an answer: the table or the row is there. */
async function ask(method, path, query, body) {
  const parameters = [sas, new URLSearchParams(query).toString()].filter(Boolean).join('&');
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${endpoint}/${path}?${parameters}`, { method, headers: await headers(), body }).catch(error => ({ status: 0, text: () => error.message }));
    if (answer.ok || answer.status === 409) return answer;
    const passing = answer.status === 0 || answer.status === 429 || answer.status >= 500;
    if (!passing || attempt === attempts) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await wait(250 * 2 ** attempt);
  }
}

/** Node's readline ends a line at these two as well. (1.0 would be written as 1: the desk has no column of doubles.) */
function line(row) {
  return JSON.stringify(row).replace(/[\u2028\u2029]/g, end => `\\u${end.charCodeAt(0).toString(16)}`);
}

async function copyOut(table) {
  const file = createWriteStream(join(folder, `${table}.jsonl`), { mode: 0o600 });
  let rows = 0;
  for (let next = {}; next;) {
    const answer = await ask('GET', `${table}()`, next);
    for (const { 'odata.etag': _, Timestamp: __, 'Timestamp@odata.type': ___, ...row } of (await answer.json()).value) {
      if (!file.write(`${line(row)}\n`)) await new Promise(resume => file.once('drain', resume));
      rows++;
    }
    const partition = answer.headers.get('x-ms-continuation-NextPartitionKey');
    const key = answer.headers.get('x-ms-continuation-NextRowKey');
    next = partition ? { NextPartitionKey: partition, ...(key && { NextRowKey: key }) } : null;
  }
  await new Promise((done, failed) => file.end(error => (error ? failed(error) : done())));
  return rows;
}

async function copyIn(table) {
  await ask('POST', 'Tables', {}, JSON.stringify({ TableName: table }));
  const underWay = new Set();
  let rows = 0;
  for await (const row of createInterface({ input: createReadStream(join(folder, `${table}.jsonl`)), crlfDelay: Infinity })) {
    const { PartitionKey, RowKey } = JSON.parse(row);
    const [partition, key] = [PartitionKey, RowKey].map(part => encodeURIComponent(part.replaceAll("'", "''")));
    const put = (direction === 'in' ? ask('POST', table, {}, row) : ask('PUT', `${table}(PartitionKey='${partition}',RowKey='${key}')`, {}, row))
      .then(() => underWay.delete(put));
    underWay.add(put);
    rows++;
    if (underWay.size >= atOnce) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return rows;
}

if (direction === 'out') mkdirSync(folder, { recursive: true, mode: 0o700 });
for (const table of tables) {
  if (direction !== 'out' && !existsSync(join(folder, `${table}.jsonl`))) throw new Error(`There is no ${table}.jsonl in ${folder}: the copy is not complete.`);
}
for (const table of tables) console.log(`${table}: ${await (direction === 'out' ? copyOut(table) : copyIn(table))} rows`);
