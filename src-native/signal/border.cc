#include <climits>

#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(SignalKernels, signal)

namespace {

// So that frames can be counted in 31 bits.
constexpr size_t MOST_SAMPLES = 1 << 30;

[[noreturn]] void refuse(const Napi::CallbackInfo& info, const std::string& what) { throw Napi::TypeError::New(info.Env(), what); }

// Each band is a run of weights for bins from firsts[m] on, up to weight ends[m].
void readBands(const Napi::CallbackInfo& info, Arguments& a, Features& f) {
  const int bins = f.plan->bins();
  f.firsts = a.integers("firsts", f.mels, 0, bins);
  f.ends = a.integers("ends", f.mels, 0, INT_MAX);
  Napi::Float32Array weights = a.floatArray("weights");
  f.weights = weights.Data();
  for (int m = 0, from = 0; m < f.mels; from = f.ends[m++]) {
    if (f.ends[m] < from || size_t(f.ends[m]) > weights.ElementLength()) refuse(info, "ends is not in order");
    if (f.ends[m] - from > bins - f.firsts[m]) refuse(info, "firsts and ends reach beyond the spectrum");
  }
}

// nFft, hopLength, center, window [<= nFft], exponent, mels, firsts [mels], ends [mels], weights, scale, offset, range,
// coefficients, basis [coefficients, ceil(rows / 2)], deltas, fixLength, clips (an array of Float32Arrays), out
void features(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Features f{};
  const auto plan = fftPlan(a.integer("nFft", 2, MOST_FFT));
  f.plan = plan.get();
  f.hopLength = a.integer("hopLength", 1, INT_MAX);
  f.center = a.flag("center");
  Napi::Float32Array window = a.floatArray("window");
  if (window.ElementLength() < 1 || window.ElementLength() > size_t(plan->size)) refuse(info, "window must not be longer than nFft");
  f.window = window.Data();
  f.winLength = int(window.ElementLength());
  f.exponent = float(a.number("exponent"));
  if (!(f.exponent > 0 && f.exponent <= 16)) refuse(info, "exponent is out of range");
  f.mels = a.integer("mels", 0, MOST);
  readBands(info, a, f);
  f.scale = Scale(a.integer("scale", 0, 2));
  f.offset = float(a.number("offset"));
  f.range = float(a.number("range"));
  if (!(f.offset >= 0 && f.range >= 0)) refuse(info, "offset or range is out of range");
  f.coefficients = a.integer("coefficients", 0, f.rows());
  f.basis = a.floats("basis", size_t(f.coefficients) * ((f.rows() + 1) / 2));
  f.deltas = a.integer("deltas", 0, 2);
  f.fixLength = a.integer("fixLength", 0, MOST_FRAMES);
  std::vector<Clip> clips;
  a.eachFloats("clips", [&](const float* samples, size_t length) {
    if (length < 1 || length > MOST_SAMPLES) refuse(info, "clip " + std::to_string(clips.size()) + " has too few or too many samples");
    clips.push_back({samples, int(length)});
  });
  f.clips = clips.data();
  f.count = int(clips.size());
  size_t rows = 0;
  for (int clip = 0; clip < f.count; clip++) rows += f.framesOut(clip);
  f.out = a.floats("out", rows * f.bins());
  signal().features(f);
}

// nFft, window [<= nFft], samples, start, step, width, frames, pooling, height, firsts [height], lasts [height], parts [height],
// fullScale, floorDb, ceilingDb, colours [768] | null, pixels [height, width] or, with colours, [height, width, 4]
void spectrogramTile(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Tile t{};
  const auto plan = fftPlan(a.integer("nFft", 2, MOST_FFT));
  t.plan = plan.get();
  Napi::Float32Array window = a.floatArray("window");
  if (window.ElementLength() < 1 || window.ElementLength() > size_t(plan->size)) refuse(info, "window must not be longer than nFft");
  t.window = window.Data();
  t.winLength = int(window.ElementLength());
  Napi::Float32Array samples = a.floatArray("samples");
  if (samples.ElementLength() > INT_MAX) refuse(info, "samples is too long");
  t.samples = samples.Data();
  t.length = int(samples.ElementLength());
  t.start = a.number("start");
  t.step = a.number("step");
  if (!(t.start >= 0 && t.start <= INT_MAX && t.step >= 0 && t.step <= INT_MAX)) refuse(info, "start or step is out of range");
  t.width = a.integer("width", 1, MOST);
  t.frames = a.integer("frames", 1, INT_MAX);
  t.pooling = FramePooling(a.integer("pooling", 0, 1));
  t.height = a.integer("height", 1, MOST);
  t.firsts = a.integers("firsts", t.height, 0, plan->bins() - 1);
  t.lasts = a.integers("lasts", t.height, 0, plan->bins() - 1);
  t.parts = a.floats("parts", t.height);
  t.fullScale = float(a.number("fullScale"));
  t.floorDb = float(a.number("floorDb"));
  t.ceilingDb = float(a.number("ceilingDb"));
  if (!(t.fullScale > 0 && t.floorDb < t.ceilingDb)) refuse(info, "floorDb must be below ceilingDb");
  t.colours = a.bytesOrNull("colours", 768);
  t.pixels = a.bytes("pixels", size_t(t.width) * t.height * (t.colours ? 4 : 1));
  signal().tile(t);
}

// up, down, taps, firsts [phases], filter [phases, taps] doubles, samples, position, from, out
void resample(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Resampling r{};
  r.up = a.integer("up", 1, MOST_FRAMES);
  r.down = a.integer("down", 1, MOST_FRAMES);
  r.taps = a.integer("taps", 1, MOST_FRAMES);
  const int phases = a.integer("phases", 1, r.up);
  r.firsts = a.integers("firsts", phases, -int(MOST_FRAMES), int(MOST_FRAMES));
  r.filter = a.doubles("filter", size_t(phases) * r.taps);
  Napi::Float32Array samples = a.floatArray("samples");
  r.position = a.integer("position", -double(INT_MAX), INT_MAX);
  r.from = a.integer("from", 0, INT_MAX);
  Napi::Float32Array out = a.floatArray("out");
  if (samples.ElementLength() > INT_MAX || out.ElementLength() > INT_MAX) refuse(info, "samples or out is too long");
  if (phases < r.up && r.from + int64_t(out.ElementLength()) > phases) refuse(info, "out needs more phases");
  r.samples = samples.Data();
  r.length = int(samples.ElementLength());
  r.out = out.Data();
  r.count = int(out.ElementLength());
  signal().resample(r);
}

}  // namespace

void addSignal(Napi::Env env, Napi::Object exports) {
  add<features>(env, exports, "features");
  add<spectrogramTile>(env, exports, "spectrogramTile");
  add<resample>(env, exports, "resample");
}

}  // namespace hark
