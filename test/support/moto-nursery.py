"""moto's servers, each in a process of its own: one process loads everything, and each server is a fork of it.

What moto loads takes seconds of computing, a fork milliseconds; and nothing of what a server keeps is shared.

Usage: moto-nursery.py nursery SOCKET    a server for each connection to the socket, until stdin closes
       moto-nursery.py server LAUNCHER   one server, until stdin closes

A connection begins with a line of JSON: {"launcher": "", "folder": "", "environment": {}}. Afterwards it is the server's stderr, and
the server ends when it closes.
"""

import gc

# Loading makes far more objects than it drops: looking for garbage among them takes a third of it.
gc.disable()

import contextlib
import functools
import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import threading
import traceback

import moto.server
from moto import backends
from moto.cloudformation import models as cfn
from moto.core import utils
from moto.core.base_backend import AccountSpecificBackend, BackendDict
from moto.moto_api._internal import mock_random
from moto.s3.responses import S3Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler

STDIN = 0

# What the suites talk to: all that moto reads for it is read before the first fork.
SERVICES = "acm cloudformation ec2 ecr ecs elbv2 iam logs route53 s3 secretsmanager ssm sts"


# ---- moto looks at If-Match and If-None-Match first and writes afterwards, so two of its threads may both write; S3 does it in one

put_object, one_at_a_time = S3Response.put_object, threading.RLock()


def put_alone(self):
    with one_at_a_time:
        return put_object(self)


S3Response.put_object = put_alone


# ---- a template is read as JSON when it is JSON: moto reads it as YAML, in Python, which takes a tenth of its time

parse_template = cfn.Stack.parse_template


def parse_json_first(template):
    try:
        return json.loads(template)
    except ValueError:
        return parse_template(template)


def parse_change_set(self):
    self.template_dict = parse_json_first(self.template)


cfn.Stack.parse_template = staticmethod(parse_json_first)
cfn.ChangeSet._parse_template = parse_change_set


# ---- which services moto has it looks up in its own folders, for every request; and what AWS calls them among the SDK's files

MODULES = frozenset(backends.list_of_moto_modules())
backends.list_of_moto_modules = lambda: MODULES


@functools.cache
def sdk_names():
    return {name.replace("-", ""): name for name in AccountSpecificBackend.get_session().get_available_services()}


def sdk_name(package):
    return sdk_names().get(package, package)


utils.service_name_from_moto_package_name = sdk_name
utils.create_loader = functools.cache(utils.create_loader)


# ---- after its address it says nothing: nobody reads it, and who has no time to read must not hold it up

log_startup = BaseWSGIServer.log_startup


def fall_silent(self):
    log_startup(self)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


BaseWSGIServer.log_startup = fall_silent
WSGIRequestHandler.log_request = lambda *_: None


# ---- a server


def serve(launcher, lines):
    """Until one of these lines closes: whoever has its other end has died, or wants no more."""
    threading.Thread(target=end_with, args=(lines,), daemon=True).start()
    gc.enable()
    sys.argv = [launcher, "-H", "127.0.0.1", "-p", "0"]
    if launcher:
        runpy.run_path(launcher, run_name="__main__")
    else:
        moto.server.main(sys.argv[1:])


def end_with(lines):
    try:
        while all(os.read(line, 1) for line in select.select(lines, [], [])[0]):
            pass
    finally:
        os._exit(0)


# ---- the nursery


def warm():
    for name in SERVICES.split():
        moto.server.create_backend_app(name)
        utils.get_service_model(sdk_name(name))
    # Making an application makes a backend, with its first VPC for example: each server makes its own.
    BackendDict.reset()


def nursery(path):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, reap)
    warm()
    # What is there now stays: looking for garbage in it would also copy it into each server.
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        # Whoever asked for it may have died while it loaded: then stdin is closed.
        with contextlib.suppress(BrokenPipeError):
            print("ready", flush=True)
        while STDIN not in select.select([door, STDIN], [], [])[0]:
            connection = door.accept()[0]
            if os.fork() == 0:
                be_server(connection, door)
            connection.close()
    shutil.rmtree(os.path.dirname(path), ignore_errors=True)


def reap(*_):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def be_server(connection, door):
    try:
        door.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.dup2(connection.fileno(), sys.stderr.fileno())
        wish = json.loads(connection.makefile().readline())
        os.environ.clear()
        os.environ.update(wish["environment"])
        os.chdir(wish["folder"])
        # Else all of them give the same ids, in the same order.
        mock_random.seed()
        serve(wish["launcher"], [connection.fileno(), STDIN])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    {"nursery": nursery, "server": lambda launcher: serve(launcher, [STDIN])}[sys.argv[1]](sys.argv[2])
