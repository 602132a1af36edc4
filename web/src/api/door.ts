// What every request needs to be let in: the secret of the session, and somebody to ask when the session has ended.
let secret = "";
let again: (() => Promise<void>) | null = null;
let refresh: (() => Promise<void>) | null = null;

export function setSecret(csrf: string | null): void {
  secret = csrf ?? "";
}
export function secretHeader(): Record<string, string> {
  return secret ? { "x-csrf-token": secret } : {};
}
// `signIn` is done when the same person is signed in again; `renew` fetches the secret of a session that changed.
export function onShut(signIn: () => Promise<void>, renew: () => Promise<void>): void {
  again = signIn;
  refresh = renew;
}

// An answer that only means that the session has ended (or is another one, of another tab): waits until that is put right.
// → whether it is worth asking again.
export async function letInAgain(status: number, code: string): Promise<boolean> {
  if (status === 401 && code === "auth.none" && again) {
    await again();
    return true;
  }
  if (status === 403 && code === "auth.csrf" && refresh) {
    await refresh();
    return true;
  }
  return false;
}
