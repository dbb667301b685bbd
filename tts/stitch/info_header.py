"""The first frame of an MP3: silent, and telling players how long the rest is and where the sound begins.

Source: the layout that LAME 3.100 writes (VbrTag.c), which ffmpeg, Chromium, mpg123 and Apple's players read.
"""

from __future__ import annotations

import struct

FRAME_HEADER = bytes.fromhex("fff384c4")  # MPEG-2, layer III, no CRC, 64 kbit/s, 24 kHz, mono: as LAME's own frames
FRAME_BYTES = 192  # of 64 kbit/s at 24 kHz: it divides evenly, so every frame has this length
FRAME_SAMPLES = 576  # MPEG-2, layer III
ENCODER_DELAY_SAMPLES = 576  # LAME's, for every rate
_SIDE_INFO_BYTES = 9  # MPEG-2, mono
_HAS_FRAMES_BYTES_TOC_QUALITY = 0x0F
_METHOD_CBR = 1
_LOWPASS_100_HZ = 110  # what LAME passes at this bit rate and sample rate


def info_frame(n_frames: int, n_samples: int, bitrate_kbps: int) -> bytes:
    """The frame that stands before `n_frames` frames of audio that hold `n_samples` of sound.

    Players seek in it by bytes (all frames have one length, so the table of contents is a straight line), and leave
    out LAME's delay at the beginning and the padding at the end. The checksum of the music, which would take half a
    second and which no player reads, is 0.
    """
    padding = n_frames * FRAME_SAMPLES - ENCODER_DELAY_SAMPLES - n_samples
    n_bytes = (n_frames + 1) * FRAME_BYTES
    toc = bytes(256 * percent // 100 for percent in range(100))
    info = b"Info" + struct.pack(">III", _HAS_FRAMES_BYTES_TOC_QUALITY, n_frames, n_bytes) + toc + struct.pack(">I", 0)
    lame = (
        b"LAME3.100"
        + bytes([_METHOD_CBR, _LOWPASS_100_HZ])
        + bytes(8)  # peak and replay gain: not stated
        + bytes([0, bitrate_kbps])
        + (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3, "big")
        + bytes(4)  # miscellaneous, MP3 gain, preset
        + struct.pack(">IH", n_bytes, 0)
    )
    tagged = FRAME_HEADER + bytes(_SIDE_INFO_BYTES) + info + lame
    return (tagged + struct.pack(">H", _crc16(tagged))).ljust(FRAME_BYTES, b"\0")


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, over everything in the frame that stands before it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
