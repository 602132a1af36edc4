// An object store for tests, in memory, on loopback: checks signatures (by @smithy/signature-v4), digests and the
// clock as a real one does, and fails where it is told to.
//
//   node s3_fake.mjs --port 0 --bucket evidence --key AKTEST --secret … [--tls cert.pem key.pem]
//   prints its port. --keep DIR: what it kept is there again after a restart.
//   POST /_control {"fault": …, "times": 1, "method": "PUT", "skip": 0} arms a fault:
//     503, slowdown, denied, skew      that answer            hang    no answer
//     reset   broken off in the middle of the body            lost    done, but the answer is lost
//     wrong   one byte of the body changed on the way         short   less than was asked for
//     error200  a 200 with an error in it                     badxml, endless   lists that are none
//   {"rot": key} changes a kept byte; {"page": n} makes pages of lists short; {"clear": true} takes faults away.
//   GET /_control tells counters and keys.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { SignatureV4 } = require('@smithy/signature-v4')

const argument = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const bucket = argument('bucket', 'evidence')
const accessKeyId = argument('key', 'AKTEST')
const secretAccessKey = argument('secret', 'a secret of the tests')
const region = argument('region', 'us-east-1')

class Sha256 {
  constructor(secret) {
    this.secret = secret
    this.reset()
  }
  reset() {
    this.hash = this.secret === undefined ? createHash('sha256') : require('node:crypto').createHmac('sha256', this.secret)
  }
  update(bytes) {
    this.hash.update(bytes)
  }
  async digest() {
    return new Uint8Array(this.hash.digest())
  }
}
const signer = new SignatureV4({
  credentials: { accessKeyId, secretAccessKey },
  region,
  service: 's3',
  sha256: Sha256,
  uriEscapePath: false,
  applyChecksum: false,
})

const keep = argument('keep')
const objects = new Map() // key → {bytes, etag, at}
const uploads = new Map() // id → {key, parts: Map(number → {bytes, etag}), at}
const counts = {}
let faults = []
let page = 1000
let nextUpload = 1

const fileOf = (key) => `${keep}/${encodeURIComponent(key)}`
function store(key, bytes, etag) {
  objects.set(key, { bytes, etag, at: new Date() })
  if (keep) writeFileSync(fileOf(key), bytes)
}
function remove(key) {
  objects.delete(key)
  if (keep && existsSync(fileOf(key))) rmSync(fileOf(key))
}
function load() {
  mkdirSync(keep, { recursive: true })
  for (const name of readdirSync(keep)) {
    const bytes = readFileSync(`${keep}/${name}`)
    objects.set(decodeURIComponent(name), { bytes, etag: hex('md5', bytes), at: statSync(`${keep}/${name}`).mtime })
  }
}

const hex = (name, bytes) => createHash(name).update(bytes).digest('hex')
const xml = (text) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`
const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

class Refusal extends Error {
  constructor(status, code) {
    super(code)
    this.status = status
  }
}

// Takes one armed fault that fits; undefined: none.
function faultFor(method, names) {
  const at = faults.findIndex((f) => names.includes(f.fault) && (!f.method || f.method === method))
  if (at < 0) return undefined
  const fault = faults[at]
  if (fault.skip > 0) {
    fault.skip -= 1
    return undefined
  }
  fault.times -= 1
  if (fault.times <= 0) faults.splice(at, 1)
  return fault.fault
}

async function checkSignature(request, url) {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  )
  if (!given) throw new Refusal(403, 'AccessDenied')
  if (given[1].split('/')[0] !== accessKeyId) throw new Refusal(403, 'InvalidAccessKeyId')
  const names = given[2].split(';')
  for (const needed of ['host', 'x-amz-date', 'x-amz-content-sha256']) {
    if (!names.includes(needed)) throw new Refusal(403, 'AccessDenied')
  }
  const date = request.headers['x-amz-date']
  const at = new Date(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(at - Date.now()) < 15 * 60_000)) throw new Refusal(403, 'RequestTimeTooSkewed')
  const query = {}
  for (const [name, value] of url.searchParams) query[name] = value
  const headers = {}
  for (const name of names) headers[name] = request.headers[name] ?? ''
  const signed = await signer.sign(
    { method: request.method, protocol: 'http:', hostname: url.hostname, path: url.pathname, query, headers },
    { signingDate: at },
  )
  if (signed.headers.authorization.split('Signature=')[1] !== given[3]) throw new Refusal(403, 'SignatureDoesNotMatch')
}

function checkDigests(request, body) {
  if (hex('sha256', body) !== request.headers['x-amz-content-sha256']) throw new Refusal(400, 'XAmzContentSHA256Mismatch')
  const md5 = request.headers['content-md5']
  if (md5 && createHash('md5').update(body).digest('base64') !== md5) throw new Refusal(400, 'BadDigest')
}

// Reads it whole; a reset breaks off after the first bytes.
function bodyOf(request, response) {
  const breaks = request.method === 'PUT' && faultFor('PUT', ['reset'])
  return new Promise((resolve, reject) => {
    const parts = []
    if (breaks) setImmediate(() => response.socket?.destroy())
    request.on('data', (part) => parts.push(part))
    request.on('end', () => resolve(Buffer.concat(parts)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('gone')))
  })
}

function changed(bytes) {
  const copy = Buffer.from(bytes)
  if (copy.length > 0) copy[copy.length >> 1] ^= 1
  return copy
}

function list(query) {
  if (faultFor('GET', ['badxml'])) return '<ListBucketResult><Contents>'
  const prefix = query.get('prefix') ?? ''
  const after = query.get('continuation-token') ?? ''
  const endless = faults.some((f) => f.fault === 'endless')
  const most = Math.min(page, Number(query.get('max-keys') ?? 1000))
  const keys = [...objects.keys()].filter((k) => k.startsWith(prefix) && (endless || k > after)).sort()
  const some = keys.slice(0, most)
  const more = endless || keys.length > some.length
  const contents = some.map((key) => {
    const { bytes, etag, at } = objects.get(key)
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${at.toISOString()}</LastModified><ETag>"${etag}"</ETag><Size>${bytes.length}</Size></Contents>`
  })
  const next = more ? `<NextContinuationToken>${escaped(some.at(-1) ?? 'x')}</NextContinuationToken>` : ''
  return xml(`<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`)
}

function listUploads(query) {
  const prefix = query.get('prefix') ?? ''
  const after = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''].join('\n')
  const all = [...uploads].map(([id, u]) => ({ id, ...u, mark: [u.key, id].join('\n') }))
  const found = all.filter((u) => u.key.startsWith(prefix) && u.mark > after).sort((a, b) => (a.mark < b.mark ? -1 : 1))
  const some = found.slice(0, Math.min(page, Number(query.get('max-uploads') ?? 1000)))
  const more = found.length > some.length
  const next = more ? `<NextKeyMarker>${some.at(-1).key}</NextKeyMarker><NextUploadIdMarker>${some.at(-1).id}</NextUploadIdMarker>` : ''
  const rows = some.map((u) => `<Upload><Key>${u.key}</Key><UploadId>${u.id}</UploadId><Initiated>${u.at.toISOString()}</Initiated></Upload>`)
  return xml(`<ListMultipartUploadsResult><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}</ListMultipartUploadsResult>`)
}

function complete(id, key, body) {
  const upload = uploads.get(id)
  if (!upload || upload.key !== key) throw new Refusal(404, 'NoSuchUpload')
  const wanted = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>(?:"|&quot;)([0-9a-f]+)(?:"|&quot;)<\/ETag>/g)]
  const parts = wanted.map(([, number, etag]) => {
    const part = upload.parts.get(Number(number))
    if (!part || part.etag !== etag) throw new Refusal(400, 'InvalidPart')
    return part.bytes
  })
  if (parts.slice(0, -1).some((p) => p.length < 5 * 1024 * 1024)) throw new Refusal(400, 'EntityTooSmall')
  const sums = Buffer.concat(parts.map((p) => createHash('md5').update(p).digest()))
  const etag = `${hex('md5', sums)}-${parts.length}`
  store(key, Buffer.concat(parts), etag)
  uploads.delete(id)
  return xml(`<CompleteMultipartUploadResult><ETag>"${etag}"</ETag></CompleteMultipartUploadResult>`)
}

function give(request, response, object) {
  let { bytes } = object
  if (faultFor(request.method, ['wrong'])) bytes = changed(bytes)
  const headers = { ETag: `"${object.etag}"`, 'Last-Modified': object.at.toUTCString(), 'Accept-Ranges': 'bytes' }
  let status = 200
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (range) {
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)]
    if (from >= bytes.length) throw new Refusal(416, 'InvalidRange')
    headers['Content-Range'] = `bytes ${from}-${to}/${bytes.length}`
    bytes = bytes.subarray(from, to + 1)
    status = 206
  }
  if (faultFor(request.method, ['short'])) bytes = bytes.subarray(0, bytes.length >> 1)
  headers['Content-Length'] = bytes.length
  response.writeHead(status, headers)
  if (request.method === 'HEAD') return response.end()
  if (faultFor(request.method, ['reset'])) {
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket.destroy())
    return undefined
  }
  return response.end(bytes)
}

function act(request, response, key, query, body) {
  const text = (status, what) => {
    response.writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(what) })
    response.end(what)
  }
  const kept = (etag) => {
    response.writeHead(200, { ETag: `"${etag}"`, 'Content-Length': 0 })
    response.end()
  }
  const id = query.get('uploadId')
  const { method } = request
  if (!key) return text(200, query.has('uploads') ? listUploads(query) : list(query))
  if (method === 'POST' && query.has('uploads')) {
    const upload = `upload-${String(nextUpload++).padStart(6, '0')}`
    uploads.set(upload, { key, parts: new Map(), at: new Date() })
    return text(200, xml(`<InitiateMultipartUploadResult><UploadId>${upload}</UploadId></InitiateMultipartUploadResult>`))
  }
  if (method === 'POST' && id) {
    if (faultFor('POST', ['error200'])) return text(200, xml('<Error><Code>InternalError</Code></Error>'))
    return text(200, complete(id, key, body))
  }
  if (method === 'PUT' && id) {
    const upload = uploads.get(id)
    if (!upload || upload.key !== key) throw new Refusal(404, 'NoSuchUpload')
    const etag = hex('md5', body)
    upload.parts.set(Number(query.get('partNumber')), { bytes: body, etag })
    return kept(etag)
  }
  if (method === 'PUT') {
    const etag = hex('md5', body)
    store(key, body, etag)
    return kept(etag)
  }
  if (method === 'DELETE') {
    if (id && !uploads.delete(id)) throw new Refusal(404, 'NoSuchUpload')
    if (!id) remove(key)
    response.writeHead(204)
    return response.end()
  }
  const object = objects.get(key)
  if (!object) throw new Refusal(404, 'NoSuchKey')
  return give(request, response, object)
}

function control(request, response, body) {
  if (request.method === 'POST') {
    const told = JSON.parse(body.toString())
    if (told.clear) faults = []
    if (told.page) page = told.page
    if (told.rot) {
      const object = objects.get(told.rot)
      object.bytes = changed(object.bytes)
    }
    if (told.fault) faults.push({ times: 1, skip: 0, ...told })
  }
  response.end(JSON.stringify({ counts, keys: [...objects.keys()].sort(), uploads: [...uploads.keys()], faults }))
}

async function answer(request, response) {
  const url = new URL(request.url, `http://${request.headers.host}`)
  if (url.pathname === '/_control') return control(request, response, await bodyOf(request, response))
  counts[request.method] = (counts[request.method] ?? 0) + 1
  const fault = faultFor(request.method, ['503', 'slowdown', 'denied', 'skew', 'hang'])
  if (fault === 'hang') return undefined
  let body = await bodyOf(request, response)
  if (body.length > 0 && faultFor(request.method, request.method === 'PUT' ? ['wrong'] : [])) body = changed(body)
  try {
    if (fault === '503') throw new Refusal(503, 'ServiceUnavailable')
    if (fault === 'slowdown') throw new Refusal(503, 'SlowDown')
    if (fault === 'denied') throw new Refusal(403, 'AccessDenied')
    if (fault === 'skew') throw new Refusal(403, 'RequestTimeTooSkewed')
    await checkSignature(request, url)
    checkDigests(request, body)
    const [, name, ...rest] = decodeURIComponent(url.pathname).split('/')
    if (name !== bucket) throw new Refusal(404, 'NoSuchBucket')
    if (faultFor(request.method, ['lost'])) {
      const { end } = response
      response.end = () => response.socket.destroy()
      response.writeHead = () => response
      act(request, response, rest.join('/'), url.searchParams, body)
      response.end = end
      return undefined
    }
    return act(request, response, rest.join('/'), url.searchParams, body)
  } catch (e) {
    if (!(e instanceof Refusal)) throw e
    const text = request.method === 'HEAD' ? '' : xml(`<Error><Code>${e.message}</Code></Error>`)
    response.writeHead(e.status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(text) })
    return response.end(text)
  }
}

const handle = (request, response) => {
  answer(request, response).catch(() => response.socket?.destroy())
}
if (keep) load()
const tls = process.argv.indexOf('--tls')
const server =
  tls < 0
    ? http.createServer(handle)
    : https.createServer({ cert: readFileSync(process.argv[tls + 1]), key: readFileSync(process.argv[tls + 2]) }, handle)
server.keepAliveTimeout = 60_000
server.listen(Number(argument('port', 0)), '127.0.0.1', () => console.log(server.address().port))
