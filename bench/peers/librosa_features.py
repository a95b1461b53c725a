"""MFCC and log-mel of many clips by librosa, clip by clip on one thread."""

import os

for name in ("OMP", "MKL", "OPENBLAS", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import serve  # noqa: E402


def load():
    import librosa
    import librosa.feature  # It is loaded lazily otherwise, within the first measurement.

    return librosa, librosa.__version__


librosa = serve.begin("librosa", load)
import clips  # noqa: E402
import numpy as np  # noqa: E402


class Features:
    settings = [("clip by clip", None)]

    def __init__(self, description):
        self.clips = clips.read(description)
        self.rate = description["sampleRate"]
        self.spec = description["spec"]

    def use(self, _):
        pass

    def features(self, clip):
        spec = self.spec
        mel = librosa.feature.melspectrogram(
            y=clip,
            sr=self.rate,
            n_fft=spec["nFft"],
            win_length=spec["winLength"],
            hop_length=spec["hopLength"],
            n_mels=spec["nMels"],
            pad_mode="reflect",
            htk=True,
            norm=None,
        )
        if spec["kind"] == "mfcc":
            return librosa.feature.mfcc(S=librosa.power_to_db(mel), sr=self.rate, n_mfcc=spec["nMfcc"])
        return np.log(mel + spec["logOffset"])

    def run(self):
        for clip in self.clips:
            self.features(clip)

    def check(self):
        """Of the first clip, frame by frame."""
        return self.features(self.clips[0]).T.flatten().tolist()


serve.serve(Features)
