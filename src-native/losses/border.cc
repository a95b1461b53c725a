#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(LossKernels, losses)

namespace {

// rows, classes, logits [rows, classes], targets [rows] (-1: does not count), weights [classes] | null, smoothing,
// gradient [rows, classes] | null; the loss
Napi::Value crossEntropy(const Napi::CallbackInfo& info) {
  Arguments a(info);
  CrossEntropy c;
  c.rows = a.integer("rows", 1, MOST_FRAMES);
  c.classes = a.integer("classes", 1, MOST);
  c.logits = a.floats("logits", size_t(c.rows) * c.classes);
  c.targets = a.integers("targets", c.rows, -1, c.classes - 1);
  c.weights = a.floatsOrNull("weights", c.classes);
  c.smoothing = float(a.number("smoothing"));
  c.gradient = a.floatsOrNull("gradient", size_t(c.rows) * c.classes);
  return Napi::Number::New(info.Env(), losses().crossEntropy(c));
}

// batch, time, classes, blank, logits [batch, time, classes], lengths [batch], targetLengths [batch], targets [their sum],
// zeroInfinity, factors [batch], losses [batch], gradient [batch, time, classes] | null
void ctc(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Ctc c;
  c.batch = a.integer("batch", 1, MOST);
  c.time = a.integer("time", 1, MOST_FRAMES);
  c.classes = a.integer("classes", 1, MOST);
  c.blank = a.integer("blank", 0, c.classes - 1);
  const size_t size = size_t(c.batch) * c.time * c.classes;
  c.logits = a.floats("logits", size);
  c.lengths = a.integers("lengths", c.batch, 1, c.time);
  c.targetLengths = a.integers("targetLengths", c.batch, 0, int(MOST));
  size_t labels = 0;
  for (int b = 0; b < c.batch; b++) labels += c.targetLengths[b];
  c.targets = a.integers("targets", labels, 0, c.classes - 1);
  c.zeroInfinity = a.flag("zeroInfinity");
  c.factors = a.floats("factors", c.batch);
  c.losses = a.floats("losses", c.batch);
  c.gradient = a.floatsOrNull("gradient", size);
  losses().ctc(c);
}

}  // namespace

void addLosses(Napi::Env env, Napi::Object exports) {
  add<crossEntropy>(env, exports, "crossEntropy");
  add<ctc>(env, exports, "ctc");
}

}  // namespace hark
