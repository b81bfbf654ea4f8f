# For the commands of the cases.
umask 022

# Text that compresses well, the same every time: sample LINES > FILE.
sample() { seq 1 "$1"; }

# Bytes that do not compress: noise COUNT > FILE.
noise() { python3 -c 'import random, sys; sys.stdout.buffer.write(random.Random(7).randbytes(int(sys.argv[1])))' "$1"; }

# An archive of four blocks of known sizes: four.bale from four (16 KiB).
four_blocks() { noise 16384 > four && bale --pipeline=stored -B4K four; }

# Flips one bit: damage FILE OFFSET.
damage() { python3 -c 'import sys; f = open(sys.argv[1], "r+b"); f.seek(int(sys.argv[2])); b = f.read(1)[0]; f.seek(-1, 1); f.write(bytes([b ^ 1]))' "$1" "$2"; }

# Runs a command without root's rights.
unprivileged() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }

# Runs a command with some of 0, 1, 2 on a terminal and prints what the terminal showed: terminal 01 COMMAND...
terminal() { python3 "$HELPERS/terminal.py" "$@"; }
