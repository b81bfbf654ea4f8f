"""terminal.py DESCRIPTORS COMMAND...: runs the command with the descriptors (such as 02) on a terminal of 100 columns, shows
what the terminal got, and ends with the command's status."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 100, 0, 0))
streams = [slave if str(number) in sys.argv[1] else None for number in range(3)]
child = subprocess.Popen(sys.argv[2:], stdin=streams[0], stdout=streams[1], stderr=streams[2])
os.close(slave)
while True:
    try:
        shown = os.read(master, 65536)
    except OSError:  # Linux reports the last close as an error.
        break
    if not shown:
        break
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
sys.stdout.flush()
status = child.wait()
sys.exit(status if status >= 0 else 128 - status)
