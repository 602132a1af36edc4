// A real provider of OpenID Connect for the test: node oidc_provider.mjs PORT REDIRECT_URI. Whoever signs in there with
// any password is vouched for under that name.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const require = createRequire(join(root, "web", "package.json"));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "zhenggai", client_secret: "a secret & more: 7/8", redirect_uris: [redirect] }],
  cookies: { keys: ["for the test only"] },
  claims: { profile: ["preferred_username"] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: `subject of ${id}`, preferred_username: id }) }),
});
provider.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
