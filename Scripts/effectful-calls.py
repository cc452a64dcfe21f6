#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Writes the table of functions that hand what they get to code, processes, files, connections or pickles.

    effectful-calls.py --python /usr/lib/python3.11 [...] --package SITE:numpy [...] > EffectfulCalls+Table.swift

Reads sources only and imports nothing. A function is in the table when its body calls one of CALLS, or a function of
the same package that does (six steps in Python itself, two in packages).
"""

import argparse
import ast
import collections
import os
import re

# direct effects by dotted call target
CALLS={}
def add(e,*ns):
    for n in ns: CALLS[n]=e
add('code','exec','eval','compile','execfile','builtins.exec','builtins.eval','runpy.run_path','runpy.run_module','code.interact','os.startfile','pdb.run','__builtin__.eval')
add('process','os.system','os.popen','os.execv','os.execve','os.execvp','os.execvpe','os.execl','os.execlp','os.spawnv','os.spawnvp','os.spawnl','os.spawnlp','os.spawnve','os.posix_spawn','os.fork','os.kill','os.forkpty','subprocess.Popen','subprocess.call','subprocess.run','subprocess.check_call','subprocess.check_output','subprocess.getoutput','subprocess.getstatusoutput','pty.spawn','pty.fork','_posixsubprocess.fork_exec','multiprocessing.Process','ctypes.CDLL','ctypes.cdll.LoadLibrary','webbrowser.open','os._exit','os.abort')
add('file','open','io.open','builtins.open','codecs.open','os.open','os.remove','os.unlink','os.rename','os.replace','os.rmdir','os.mkdir','os.makedirs','os.removedirs','os.symlink','os.link','os.chmod','os.chown','os.listdir','os.scandir','os.walk','os.truncate','os.utime','shutil.rmtree','shutil.copy','shutil.copyfile','shutil.move','shutil.copytree','shutil.copy2','shutil.unpack_archive','shutil.make_archive','tempfile.mkstemp','tempfile.mkdtemp','tempfile.NamedTemporaryFile','zipfile.ZipFile','tarfile.open','gzip.open','bz2.open','lzma.open','sqlite3.connect','mmap.mmap','tokenize.open','_pyio.open','os.chdir','os.chroot','os.putenv','numpy.memmap','np.memmap','np.fromfile','os.mkfifo','os.mknod')
add('network','socket.socket','socket.create_connection','socket.getaddrinfo','urllib.request.urlopen','urlopen','urllib.request.urlretrieve','urlretrieve','requests.get','requests.post','requests.request','requests.Session','http.client.HTTPConnection','http.client.HTTPSConnection','ftplib.FTP','smtplib.SMTP','urllib2.urlopen','ssl.wrap_socket')
add('imports','__import__','importlib.import_module','import_module','importlib.reload','importlib.util.spec_from_file_location','imp.load_source','imp.load_module','pkgutil.get_loader','pydoc.locate','builtins.__import__','sys.path.insert','sys.path.append')
add('loads','pickle.load','pickle.loads','pickle.Unpickler','_pickle.loads','cPickle.loads','marshal.loads','marshal.load','shelve.open','dill.load','dill.loads','cloudpickle.load','cloudpickle.loads','joblib.load','torch.load','np.load','numpy.load','pd.read_pickle','yaml.load','yaml.unsafe_load','torch.hub.load','tf.keras.models.load_model')
RANK=['code','process','loads','imports','network','file']
def dotted(n):
    if isinstance(n,ast.Name): return n.id
    if isinstance(n,ast.Attribute):
        b=dotted(n.value); return b+'.'+n.attr if b else None
class Mod(ast.NodeVisitor):
    def __init__(s,mod,ispkg): s.mod=mod; s.ispkg=ispkg; s.imp={}; s.funcs={}; s.stack=[]; s.cur=None; s.classes=set()
    def visit_Import(s,n):
        for a in n.names: s.imp[a.asname or a.name.split('.')[0]]=a.name if a.asname else a.name.split('.')[0]
    def visit_ImportFrom(s,n):
        base=n.module or ''
        if n.level:
            parts=s.mod.split('.')
            if not s.ispkg: parts=parts[:-1]
            parts=parts[:len(parts)-(n.level-1)] if n.level>1 else parts
            base='.'.join(parts+([base] if base else []))
        for a in n.names: s.imp[a.asname or a.name]=base+'.'+a.name
    def visit_ClassDef(s,n):
        if s.cur: return
        s.stack.append(n.name); s.classes.add('.'.join(s.stack))
        for c in n.body: s.visit(c)
        s.stack.pop()
    def visit_FunctionDef(s,n):
        if s.cur: s.generic_visit(n); return
        s.cur='.'.join(s.stack+[n.name]); s.funcs.setdefault(s.cur,set())
        s.params={a.arg for a in n.args.args+n.args.kwonlyargs}|({n.args.vararg.arg} if n.args.vararg else set())
        s.generic_visit(n); s.cur=None
    visit_AsyncFunctionDef=visit_FunctionDef
    def visit_Call(s,n):
        if s.cur:
            d=dotted(n.func)
            if d:
                h,_,t=d.partition('.')
                if h in('self','cls') and t and '.' not in t and s.stack: s.funcs[s.cur].add(('m','.'.join(s.stack+[t])))
                else:
                    if h in s.imp: d=s.imp[h]+('.'+t if t else '')
                    # only effects that get something not constant
                    const=n.args and all(isinstance(a,ast.Constant) for a in n.args)
                    s.funcs[s.cur].add(('c' if const else 'd',d))
        s.generic_visit(n)
def scan(root,top,out,std):
    mods={}
    paths=[]
    if os.path.isfile(os.path.join(root,top+'.py')): paths=[(top,os.path.join(root,top+'.py'))]
    for dp,dn,fn in os.walk(os.path.join(root,top)):
        dn[:]=[d for d in dn if d not in('tests','__pycache__','lib-dynload') and not (d=='test' and not std)]
        for f in fn:
            if f.endswith('.py'):
                p=os.path.join(dp,f); m=os.path.relpath(p,root)[:-3].replace(os.sep,'.')
                if m.endswith('.__init__'): m=m[:-9]
                paths.append((m,p))
    for m,p in paths:
        try: t=ast.parse(open(p,encoding='utf8',errors='replace').read())
        except Exception: continue
        v=Mod(m,p.endswith('__init__.py'))
        try: v.visit(t)
        except RecursionError: pass
        mods[m]=v
    eff={}
    for m,v in mods.items():
        for f,cs in v.funcs.items():
            for k,d in cs:
                if k=='m': continue
                d2=d
                if d2.startswith('numpy.') or d2.startswith('np.'): pass
                e=CALLS.get(d2)
                if e and k=='c' and e in('imports','file','network'): continue
                if e: eff.setdefault((m,f),set()).add(e)
    # transitive within the package
    rounds=6 if std else 2
    for _ in range(rounds):
        new={}
        for m,v in mods.items():
            for f,cs in v.funcs.items():
                for k,d in cs:
                    if k=='c': continue
                    if k=='m': key=(m,d)
                    elif '.' not in d: key=(m,d)
                    else:
                        mm,_,ff=d.rpartition('.'); key=(mm,ff)
                        if key not in eff and key[0] not in mods:
                            m3,_,c3=mm.rpartition('.'); key=(m3,c3+'.'+ff)
                    for kk in (key,(key[0],key[1]+'.__init__')):
                        if kk in eff and kk!=(m,f): new.setdefault((m,f),set()).update(eff[kk])
        for k,es in new.items(): eff.setdefault(k,set()).update(es)
    for (m,f),es in eff.items():
        out.setdefault((m,f),set()).update(es)
        # what the package exports under a shorter name
    for m,v in mods.items():
        for alias,target in v.imp.items():
            mm,_,ff=target.rpartition('.')
            if (mm,ff) in eff and (std or '.' not in m): out.setdefault((m,alias),set()).update(eff[(mm,ff)])
    return mods


# What ordinary pickles call while they load, looked at by hand.
ORDINARY = {
    ("numpy.core", "_ufunc_reconstruct"), ("numpy._core", "_ufunc_reconstruct"),
    ("torch.storage", "_load_from_bytes"), ("keras.src.saving.keras_saveable", "KerasSaveable._unpickle_model"),
    ("zoneinfo._zoneinfo", "ZoneInfo._unpickle"), ("zoneinfo._zoneinfo", "ZoneInfo._new_instance"),
    ("scipy._lib._uarray._backend", "unpickle_function"),
}
TESTS = re.compile(r"(^|\.)(tests?|testing|conftest|_test\w*|\w*_test|test_\w+|examples?|benchmarks?|setup|cli|scripts?)(\.|$)")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--python", action="append", default=[])
    arguments.add_argument("--package", action="append", default=[])
    arguments = arguments.parse_args()
    found = {}
    for root in arguments.python:
        for name in sorted(os.listdir(root)):
            top = name[:-3] if name.endswith(".py") else name
            if top not in ("site-packages", "test") and (
                name.endswith(".py") or os.path.isfile(os.path.join(root, name, "__init__.py"))
            ):
                scan(root, top, found, True)
    for package in arguments.package:
        root, _, top = package.rpartition(":")
        scan(root, top, found, False)
    modules = collections.defaultdict(set)
    for module, name in found:
        last = name.rpartition(".")[2]
        if TESTS.search(module) or (module, name) in ORDINARY or last[0].isupper():
            continue
        if not last.startswith("__") or last == "__call__":
            modules[module].add(name)
    print("// SPDX-License-Identifier: Apache-2.0\n// Copyright 2026 the Martlet authors\n")
    print("// swift-format-ignore-file\n// Made by Scripts/effectful-calls.py.\n")
    print("extension EffectfulCalls {")
    print("  /// A module and functions in it, a line each; long lines are continued in further ones of the module.")
    print('  static let text = """')
    for module in sorted(modules):
        line = module
        for name in sorted(modules[module]):
            if len(line) + len(name) > 103 and line != module:
                print("    " + line)
                line = module
            line += " " + name
        print("    " + line)
    print('    """\n}')


if __name__ == "__main__":
    main()
