"""The codec lz of Bale's blocks, for bale_decode.py; written from LZ.md of Sources/Codecs/Codecs.docc alone."""

def limits(raw_size):
    """The most bytes that each of the seven streams can have."""
    sequences = raw_size // 3
    bits = (25 * sequences + 7) // 8
    return [raw_size, sequences, sequences, sequences + 1, bits, raw_size // 6, raw_size // 18]

class Stream:
    def __init__(self, content, check):
        self.content, self.check, self.place = content, check, 0

    def bytes(self, count):
        self.check(count <= len(self.content) - self.place, "a stream of lz ends too early")
        self.place += count
        return self.content[self.place - count : self.place]

    def byte(self):
        return self.bytes(1)[0]

    def count(self):
        first = self.byte()
        return first if first < 255 else int.from_bytes(self.bytes(4), "little")

    def is_used_up(self):
        return self.place == len(self.content)

class BitString:
    def __init__(self, content, check):
        self.rest, self.left, self.check = int.from_bytes(content, "little"), 8 * len(content), check

    def take(self, count):
        self.check(count <= self.left, "offsetbits ends too early")
        value = self.rest & (1 << count) - 1
        self.rest, self.left = self.rest >> count, self.left - count
        return value

    def is_used_up(self):
        return self.left < 8 and self.rest == 0

def join(streams, raw_size, shortest, check):
    """The block; check(condition, message) raises where the condition does not hold."""
    check(3 <= shortest <= 8, "the parameter of lz")
    head = streams[3][0] if streams[3] else 0
    low_bits, is_difference = head & 15, head & 16 > 0
    check(not streams[3] or 1 <= head < 32 and low_bits <= 8, "the head, the first byte of offsetlow")
    literals, tokens, offsets, low, _, literal_lengths, match_lengths = (Stream(stream, check) for stream in streams)
    low.place = min(1, len(low.content))
    bits = BitString(streams[4], check)
    out, history, last = bytearray(), [1, 4, 8], 0
    for token in tokens.content:
        literal_count, match_count = token >> 4 & 3, token & 15
        if literal_count == 3:
            literal_count += literal_lengths.count()
        if match_count == 15:
            match_count += match_lengths.count()
        match_count += shortest
        add_literals(out, literals.bytes(literal_count), last if is_difference else 0)
        check(match_count <= raw_size - len(out), "a match past the end")
        place = token >> 6
        distance = history.pop(place - 1) if place else new_distance(offsets, low, bits, low_bits, check)
        history, last = [distance, *history][:3], distance
        check(distance <= len(out), "a distance to before the block")
        for _ in range(match_count):
            out.append(out[-distance])
    add_literals(out, literals.bytes(len(literals.content) - literals.place), last if is_difference else 0)
    check(len(out) == raw_size, "lz does not give the raw size")
    check(all(stream.is_used_up() for stream in (offsets, low, bits, literal_lengths, match_lengths)), "lz leaves bytes over")
    return bytes(out)

def add_literals(out, literals, distance):
    """As they are for a distance of 0, else each as a difference to the byte so far before it."""
    for literal in literals:
        out.append(literal + out[-distance] & 255 if distance else literal)

def new_distance(offsets, low, bits, low_bits, check):
    number = offsets.byte()
    check(1 <= number <= 215, "a class of distances")
    extra = max(0, number // 8 - 1)
    top = number - 8 * extra
    if not low_bits or extra < low_bits:
        return top << extra | bits.take(extra)
    upper, lower = bits.take(extra - low_bits), low.byte()
    check(lower < 1 << low_bits, "a byte of offsetlow")
    return top << extra | upper << low_bits | lower
