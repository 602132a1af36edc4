"""A mail server to test against: keeps what it takes as files, refuses whom it is told to.

  smtp_server.py FOLDER [--port N] [--cert FILE --key FILE] [--user NAME --password WORD] [--delay SECONDS]

Prints its port. Recipients whose name begins with
  refused  are refused for good (550),   full    for now (452),   silent  get no answer after the letter.
Any letter is written to FOLDER/N.eml, its envelope above it as X-Envelope-From and X-Envelope-To.
"""
import argparse
import asyncio
import pathlib
import ssl
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

options = argparse.ArgumentParser()
options.add_argument("folder", type=pathlib.Path)
options.add_argument("--port", type=int, default=0)
options.add_argument("--cert")
options.add_argument("--key")
options.add_argument("--user")
options.add_argument("--password")
options.add_argument("--delay", type=float, default=0)  # before it takes a letter
given = options.parse_args()


class Keep:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("refused"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full"):
            return "452 4.2.2 mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(given.delay)
        kept = len(list(given.folder.glob("*.eml"))) + 1
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n"
        part = given.folder / f"{kept}.part"
        part.write_bytes(head.encode() + envelope.content)
        part.rename(given.folder / f"{kept}.eml")
        if envelope.rcpt_tos[0].startswith("silent"):
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, auth_data):
    right = auth_data.login == given.user.encode() and auth_data.password == given.password.encode()
    return AuthResult(success=right)


more = {}
if given.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.cert, given.key)
    more |= {"tls_context": context, "require_starttls": True}
if given.user:
    more |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": bool(given.cert)}
given.folder.mkdir(parents=True, exist_ok=True)


class OnFreePort(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = OnFreePort(Keep(), hostname="127.0.0.1", port=given.port, **more)
controller.start()
print(controller.port, flush=True)
while True:
    time.sleep(3600)
