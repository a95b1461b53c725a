"""Training steps and inference of a recurrent classifier in PyTorch, with the weights and data it is given.

Data lie in memory frame by frame ([time, batch, D]), which spares torch a transposition.
"""

import serve


def load():
    import torch

    import torch_threads  # Once torch has brought its BLAS along.

    return torch, f"{torch.__version__} with {torch_threads.blas_name()}"


torch = serve.begin("torch", load)
import torch_threads  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence  # noqa: E402

torch.set_flush_denormal(True)


def read(description):
    """Tensors by name from a file of floats."""
    with open(description["file"], "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    tensors = {}
    for name, place in description["tensors"].items():
        size = 1
        for n in place["shape"]:
            size *= n
        tensors[name] = values[place["offset"] : place["offset"] + size].reshape(place["shape"])
    return tensors


class Classifier(nn.Module):
    """Mean over time of a recurrent network, then one linear layer."""

    def __init__(self, network):
        super().__init__()
        self.rnn = getattr(nn, network["cell"].upper())(
            network["inputSize"],
            network["hiddenSize"],
            network["numLayers"],
            bidirectional=network["bidirectional"],
        )
        self.head = nn.Linear(network["hiddenSize"] * (2 if network["bidirectional"] else 1), network["classes"])

    def forward(self, x, lengths=None):
        if lengths is None:
            return self.head(self.rnn(x)[0].mean(0))
        output, _ = self.rnn(pack_padded_sequence(x, lengths, enforce_sorted=False))
        # Zeros beyond each length.
        output, _ = pad_packed_sequence(output)
        return self.head(output.sum(0) / lengths[:, None])


class Case:
    settings = torch_threads.settings()

    def __init__(self, description):
        tensors = read(description)
        self.x = tensors.pop("x").transpose(0, 1).contiguous()
        self.lengths = description["lengths"] and torch.tensor(description["lengths"])
        self.net = Classifier(description["network"])
        self.net.load_state_dict(tensors)

    def use(self, setting):
        torch_threads.use(torch, setting)


class Training(Case):
    def __init__(self, description):
        super().__init__(description)
        self.labels = torch.tensor(description["labels"])
        # On processors the fused form came with torch 2.4.
        version = tuple(int(part) for part in torch.__version__.split(".")[:2])
        fused = {"fused": True} if version >= (2, 4) else {}
        self.optimiser = torch.optim.Adam(self.net.parameters(), description["learningRate"], **fused)

    def run(self):
        self.optimiser.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(self.net(self.x, self.lengths), self.labels)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        return loss.item()

    def check(self):
        """Losses of the first steps."""
        return [self.run() for _ in range(3)]


class Inference(Case):
    def __init__(self, description):
        super().__init__(description)
        self.net.eval()

    def run(self):
        with torch.inference_mode():
            return self.net(self.x, self.lengths)

    def check(self):
        return self.run().flatten().tolist()


CASES = {"train": Training, "infer": Inference}
serve.serve(lambda description: CASES[description["kind"]](description))
