#!/bin/sh
# Installs Công Tâm from this folder into a virtual environment, without any network.
#   sh install.sh [FOLDER]     (FOLDER: where to, default ./congtam)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-congtam}
python=${PYTHON:-python3}
wanted=$(cat "$here/python")

if ! command -v "$python" >/dev/null 2>&1; then
  echo "Không tìm thấy $python. Hãy cài Python $wanted, hoặc chạy: PYTHON=/đường/dẫn/python sh install.sh" >&2
  exit 2
fi
found=$("$python" -c 'import platform, sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.system()} {platform.machine()}")')
if [ "$found" != "$wanted" ]; then
  echo "Bộ cài này dành cho Python $wanted, còn $python là $found. Hãy dùng đúng bản, hoặc tạo bộ cài khác bằng make bundle." >&2
  exit 2
fi
if [ ! -x "$to/bin/pip" ]; then
  "$python" -m venv "$to"
fi
"$to/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
  --require-hashes --requirement "$here/requirements.lock"
"$to/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall "$here"/congtam-*.whl
"$to/bin/congtam" --version
echo "Đã cài vào $to. Tiếp theo: $to/bin/congtam init, rồi $to/bin/congtam serve (xem run-a-site.md)."
