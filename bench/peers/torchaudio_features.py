"""MFCC and log-mel of many clips by torchaudio on one thread, each clip for itself or, where all are equally long, in batches."""

import serve


def load():
    import torch
    import torchaudio

    return torch, f"{torchaudio.__version__} with torch {torch.__version__}"


torch = serve.begin("torchaudio", load)
import clips  # noqa: E402
import torch_threads  # noqa: E402
from torchaudio.transforms import MFCC, MelSpectrogram  # noqa: E402


class Features:
    def __init__(self, description):
        torch_threads.use(torch, (1, 1, True))
        self.clips = [torch.from_numpy(clip.copy())[None] for clip in clips.read(description)]
        spec = description["spec"]
        mel = dict(n_fft=spec["nFft"], win_length=spec["winLength"], hop_length=spec["hopLength"], n_mels=spec["nMels"])
        if spec["kind"] == "mfcc":
            self.transform = MFCC(description["sampleRate"], n_mfcc=spec["nMfcc"], melkwargs=mel)
        else:
            mels = MelSpectrogram(description["sampleRate"], **mel)
            self.transform = lambda sound: torch.log(mels(sound) + spec["logOffset"])
        # A batch is [clips, 1, samples]: each clip keeps a decibel range of its own.
        equal = len({clip.shape[1] for clip in self.clips}) == 1
        self.settings = [("clip by clip", 1)] + ([("batches of 25", 25), ("batches of 100", 100)] if equal else [])

    def use(self, size):
        self.batches = (
            self.clips
            if size == 1
            else [torch.stack(self.clips[first : first + size]) for first in range(0, len(self.clips), size)]
        )

    def run(self):
        with torch.inference_mode():
            for batch in self.batches:
                self.transform(batch)

    def check(self):
        """Of the first clip, frame by frame."""
        with torch.inference_mode():
            return self.transform(self.clips[0])[0].T.flatten().tolist()


serve.serve(Features)
