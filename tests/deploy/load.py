#!/usr/bin/env python3
"""People at work: each changes a task of their own over the API, again and again, and writes down what was acknowledged.

    load.py PORT LOGIN PASSWORD PEOPLE FOLDER

FOLDER/N: a line for each change, "time outcome reason": done (acknowledged), refused (told that nothing was kept), unknown (told
that nobody knows, or never answered). Ends when FOLDER/stop is there.
"""
import http.client
import json
import os
import sys
import threading
import time

port, login, password, people, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]


class Person:
    def __init__(self, number):
        self.number, self.line, self.head = number, None, {"Content-Type": "application/json"}
        self.task = self.revision = None
        self.out = open(os.path.join(folder, str(number)), "w", buffering=1)

    def ask(self, method, path, body=None):
        """-> (status, answer); status 0: no answer."""
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            self.line.request(method, path, None if body is None else json.dumps(body), self.head)
            answer = self.line.getresponse()
            text = answer.read()
            return answer.status, json.loads(text or b"{}"), answer.headers
        except (OSError, http.client.HTTPException):
            self.line = None
            return 0, {}, {}

    def sign_in(self):
        status, answer, head = self.ask("POST", "/api/sign-in", {"login": login, "password": password})
        if status != 200:
            raise SystemExit(f"nobody is let in: {status} {answer}")
        self.head["Cookie"] = head["Set-Cookie"].split(";")[0]
        self.head["X-CSRF-Token"] = answer["csrf"]
        _, answer, _ = self.ask("GET", "/api/tasks?limit=50")
        self.task = answer["items"][self.number]["id"]

    # What stands now; asked again until the server knows.
    def look(self):
        while not stopping():
            status, answer, _ = self.ask("GET", f"/api/tasks/{self.task}")
            if status == 200:
                self.revision = answer["revision"]
                return
            time.sleep(0.1)

    def work(self):
        self.sign_in()
        self.look()
        n = 0
        while not stopping():
            n += 1
            reason = f"change-{self.number}-{n}"
            status, answer, _ = self.ask("PATCH", f"/api/tasks/{self.task}", {
                "field": "goal", "value": f"目标第{n}次修改。", "reason": reason, "revision": self.revision})
            code = answer.get("error", {}).get("code", "")
            outcome = "done" if status == 200 else "unknown" if status == 0 or code == "store.unknown" else "refused"
            self.out.write(f"{time.time():.3f} {outcome} {reason} {status} {code}\n")
            if status == 200:
                self.revision = answer["revision"]
                if n % 5 == 0:
                    self.ask("GET", "/api/standing")  # may come from a replica
            else:
                time.sleep(0.1)
                self.look()


def stopping():
    return os.path.exists(os.path.join(folder, "stop"))


threads = [threading.Thread(target=Person(i).work) for i in range(people)]
for t in threads:
    t.start()
for t in threads:
    t.join()
