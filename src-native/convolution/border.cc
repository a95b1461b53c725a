#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(ConvolutionKernels, convolution)

namespace {

// A tensor's size, of which every place must be countable in 32 bits.
size_t sizeOf(const Napi::CallbackInfo& info, std::initializer_list<double> shape) {
  double size = 1;
  for (double one : shape) size *= one;
  if (!(size <= INT32_MAX)) throw Napi::TypeError::New(info.Env(), "the windows are too many");
  return size_t(size);
}

// [batch, inHeight, inWidth, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX, padTop, padLeft]
Windows readWindows(Arguments& a, const Napi::CallbackInfo& info, int channels) {
  const int* n = a.integers("windows", 13, 0, int(MOST));
  Windows w{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]};
  for (int i = 0; i < 11; i++)
    if (n[i] < 1) throw Napi::TypeError::New(info.Env(), "windows holds 0");
  // With all margins, forward and back.
  const double kernelHeight = (w.kernelHeight - 1.0) * w.dilationY + 1, kernelWidth = (w.kernelWidth - 1.0) * w.dilationX + 1;
  const double height = w.inHeight + w.padTop + double(w.outHeight) * w.strideY + 2 * kernelHeight;
  const double width = w.inWidth + w.padLeft + double(w.outWidth) * w.strideX + 2 * kernelWidth;
  sizeOf(info, {double(w.batch), height, width, double(channels)});
  sizeOf(info, {double(w.kernelHeight), double(w.kernelWidth)});
  return w;
}

Convolution readConvolution(Arguments& a, const Napi::CallbackInfo& info) {
  const int inChannels = a.integer("inChannels", 1, MOST), outChannels = a.integer("outChannels", 1, MOST), groups = a.integer("groups", 1, MOST);
  if (inChannels % groups || outChannels % groups) throw Napi::TypeError::New(info.Env(), "groups do not divide the channels");
  return {readWindows(a, info, inChannels > outChannels ? inChannels : outChannels), inChannels, outChannels, groups};
}
size_t inputSize(const Windows& w, int channels) { return size_t(w.batch) * w.inHeight * w.inWidth * channels; }
size_t outputSize(const Windows& w, int channels) { return size_t(w.batch) * w.outHeight * w.outWidth * channels; }
size_t weightSize(const Napi::CallbackInfo& info, const Convolution& c) {
  return sizeOf(info, {double(c.outChannels), double(c.inChannels / c.groups), double(c.kernelHeight), double(c.kernelWidth)});
}

// inChannels, outChannels, groups, windows, x, weight, bias | null, y
void convolve(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Convolution c = readConvolution(a, info);
  const float* x = a.floats("x", inputSize(c, c.inChannels));
  const float* weight = a.floats("weight", weightSize(info, c));
  const float* bias = a.floatsOrNull("bias", c.outChannels);
  convolution().forward(c, x, weight, bias, a.floats("y", outputSize(c, c.outChannels)));
}

// inChannels, outChannels, groups, windows, weight, dy, dx
void convolveInputGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Convolution c = readConvolution(a, info);
  const float* weight = a.floats("weight", weightSize(info, c));
  const float* dy = a.floats("dy", outputSize(c, c.outChannels));
  convolution().inputGradient(c, weight, dy, a.floats("dx", inputSize(c, c.inChannels)));
}

// inChannels, outChannels, groups, windows, x, dy, dWeight
void convolveWeightGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Convolution c = readConvolution(a, info);
  const float* x = a.floats("x", inputSize(c, c.inChannels));
  const float* dy = a.floats("dy", outputSize(c, c.outChannels));
  convolution().weightGradient(c, x, dy, a.floats("dWeight", weightSize(info, c)));
}

// Every window must hold a part of the input, or it has no maximum.
void seeInput(const Napi::CallbackInfo& info, int in, int out, int kernel, int stride, int dilation, int pad) {
  if (dilation != 1 || kernel <= pad || (out - 1.0) * stride - pad >= in) throw Napi::TypeError::New(info.Env(), "a window lies outside of the input");
}

// channels, windows, kind, x, y, best | null
void poolWindows(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int channels = a.integer("channels", 1, MOST);
  const Windows w = readWindows(a, info, channels);
  const WindowPooling kind = WindowPooling(a.integer("kind", WINDOW_MEAN, WINDOW_MAX));
  seeInput(info, w.inHeight, w.outHeight, w.kernelHeight, w.strideY, w.dilationY, w.padTop);
  seeInput(info, w.inWidth, w.outWidth, w.kernelWidth, w.strideX, w.dilationX, w.padLeft);
  const float* x = a.floats("x", inputSize(w, channels));
  float* y = a.floats("y", outputSize(w, channels));
  int* best = a.integersOrNull("best", outputSize(w, channels), INT32_MIN, INT32_MAX);
  if (kind == WINDOW_MAX && !best) throw Napi::TypeError::New(info.Env(), "best is missing");
  convolution().pool(w, channels, kind, x, y, best);
}

// channels, windows, kind, dy, best | null, dx
void poolWindowsGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int channels = a.integer("channels", 1, MOST);
  const Windows w = readWindows(a, info, channels);
  const WindowPooling kind = WindowPooling(a.integer("kind", WINDOW_MEAN, WINDOW_MAX));
  const float* dy = a.floats("dy", outputSize(w, channels));
  const int* best = a.integersOrNull("best", outputSize(w, channels), 0, w.inHeight * w.inWidth - 1);
  if (kind == WINDOW_MAX && !best) throw Napi::TypeError::New(info.Env(), "best is missing");
  convolution().poolGradient(w, channels, kind, dy, best, a.floats("dx", inputSize(w, channels)));
}

}  // namespace

void addConvolution(Napi::Env env, Napi::Object exports) {
  add<convolve>(env, exports, "convolve");
  add<convolveInputGradient>(env, exports, "convolveInputGradient");
  add<convolveWeightGradient>(env, exports, "convolveWeightGradient");
  add<poolWindows>(env, exports, "poolWindows");
  add<poolWindowsGradient>(env, exports, "poolWindowsGradient");
}

}  // namespace hark
