#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(UpdateKernels, update)

namespace {

struct Weights {
  Update u{};
  explicit Weights(Arguments& a) {
    Napi::Float32Array p = a.floatArray("p");
    u.p = p.Data();
    u.size = int(p.ElementLength());
    u.g = a.floats("g", p.ElementLength());
  }
};

// p, g, momentum_buffer | null, rate, momentum, nesterov, weightDecay
void sgd(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floatsOrNull("momentum_buffer", u.size);
  u.rate = float(a.number("rate"));
  u.momentum = float(a.number("momentum"));
  u.nesterov = a.flag("nesterov");
  u.weightDecay = float(a.number("weightDecay"));
  update().sgd(u);
}

// p, g, exp_avg, exp_avg_sq, rate, beta1, beta2, eps, correction, weightDecay, shrink
void adam(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floats("exp_avg", u.size);
  u.second = a.floats("exp_avg_sq", u.size);
  u.rate = float(a.number("rate"));
  u.beta1 = float(a.number("beta1"));
  u.beta2 = float(a.number("beta2"));
  u.eps = float(a.number("eps"));
  u.correction = float(a.number("correction"));
  u.weightDecay = float(a.number("weightDecay"));
  u.shrink = float(a.number("shrink"));
  update().adam(u);
}

// p, g, square_avg, momentum_buffer | null, grad_avg | null, rate, alpha, eps, momentum, weightDecay
void rmsprop(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floats("square_avg", u.size);
  u.second = a.floatsOrNull("momentum_buffer", u.size);
  u.third = a.floatsOrNull("grad_avg", u.size);
  u.rate = float(a.number("rate"));
  u.beta1 = float(a.number("alpha"));
  u.eps = float(a.number("eps"));
  u.momentum = float(a.number("momentum"));
  u.weightDecay = float(a.number("weightDecay"));
  update().rmsprop(u);
}

Napi::Value squares(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Napi::Float32Array x = a.floatArray("x");
  return Napi::Number::New(info.Env(), update().squares(int(x.ElementLength()), x.Data()));
}

void scale(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Napi::Float32Array x = a.floatArray("x");
  update().scale(int(x.ElementLength()), float(a.number("factor")), x.Data());
}

}  // namespace

void addUpdate(Napi::Env env, Napi::Object exports) {
  add<sgd>(env, exports, "sgd");
  add<adam>(env, exports, "adam");
  add<rmsprop>(env, exports, "rmsprop");
  add<squares>(env, exports, "squares");
  add<scale>(env, exports, "scale");
}

}  // namespace hark
