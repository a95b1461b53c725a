"""Threads of torch and of the BLAS below it, which is OpenBLAS in Debian's builds and has threads of its own."""

import ctypes
import os


def _openblas():
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "openblas" in line}
        for file in sorted(files):
            library = ctypes.CDLL(file)
            if hasattr(library, "openblas_set_num_threads"):
                library.openblas_get_config.restype = ctypes.c_char_p
                return library
    except OSError:
        pass
    return None


_blas = _openblas()


def blas_name():
    return _blas.openblas_get_config().decode().split(" NO_")[0].strip() if _blas else "its own BLAS"


def settings():
    """All that is worth trying: [(words, (threads, threads of the BLAS, oneDNN))]."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    counts = sorted({1, min(2, cores), cores})
    pairs = [(n, n) for n in counts] + [(n, 1) for n in counts if n > 1 and _blas]
    return [
        (f"{n} thread{'s' * (n > 1)}{f', BLAS {blas}' * (blas != n)}, oneDNN {'on' if dnn else 'off'}", (n, blas, dnn))
        for n, blas in pairs
        for dnn in (True, False)
    ]


def use(torch, setting):
    threads, blas, dnn = setting
    torch.set_num_threads(threads)
    if _blas:
        _blas.openblas_set_num_threads(blas)
    torch.backends.mkldnn.enabled = dnn
