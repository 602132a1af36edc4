"""Members of a zip file (docx, xlsx): list FILE | read FILE MEMBER | replace FILE MEMBER < bytes"""
import shutil
import sys
import zipfile

verb, name = sys.argv[1], sys.argv[2]
with zipfile.ZipFile(name) as archive:
    if verb == "list":
        print("\n".join(archive.namelist()))
    elif verb == "read":
        sys.stdout.buffer.write(archive.read(sys.argv[3]))
    else:
        data = sys.stdin.buffer.read()
        with zipfile.ZipFile(name + ".new", "w", zipfile.ZIP_DEFLATED) as changed:
            for member in archive.namelist():
                changed.writestr(member, data if member == sys.argv[3] else archive.read(member))
if verb == "replace":
    shutil.move(name + ".new", name)
