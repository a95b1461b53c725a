// Reads a call's arguments, and throws a JavaScript TypeError before anything could be read or written outside of them.
#pragma once
#include <napi.h>

#include <string>

namespace hark {

class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  // A whole number from `low` to `high`.
  int integer(const char* name, double low, double high) { return int(whole(name, low, high)); }
  // The same where it needs more bits, such as a 32-bit key.
  int64_t whole(const char* name, double low, double high) {
    const double value = number(name);
    if (!(value >= low && value <= high) || value != double(int64_t(value))) fail(name, "is out of range");
    return int64_t(value);
  }
  double number(const char* name) {
    Napi::Value value = take();
    if (!value.IsNumber()) fail(name, "must be a number");
    return value.As<Napi::Number>().DoubleValue();
  }
  // 32 bits, as a whole number from 0.
  uint32_t bits(const char* name) {
    const double value = number(name);
    if (!(value >= 0 && value <= 4294967295.0) || value != double(uint32_t(value))) fail(name, "is out of range");
    return uint32_t(value);
  }
  bool flag(const char* name) {
    Napi::Value value = take();
    if (!value.IsBoolean()) fail(name, "must be a boolean");
    return value.As<Napi::Boolean>().Value();
  }
  // Exactly `size` floats.
  float* floats(const char* name, size_t size) {
    Napi::Float32Array array = floatArray(name);
    if (array.ElementLength() != size) fail(name, "has " + std::to_string(array.ElementLength()) + " values, not " + std::to_string(size));
    return array.Data();
  }
  float* floatsOrNull(const char* name, size_t size) { return skipNull() ? nullptr : floats(name, size); }
  // At least `size` floats.
  float* room(const char* name, size_t size) {
    Napi::Float32Array array = floatArray(name);
    if (array.ElementLength() < size) fail(name, "is too small");
    return array.Data();
  }
  float* roomOrNull(const char* name, size_t size) { return skipNull() ? nullptr : room(name, size); }
  // As many floats as there are.
  Napi::Float32Array floatArray(const char* name) {
    Napi::Value value = take();
    if (!isFloats(value)) fail(name, "must be a Float32Array");
    return value.As<Napi::Float32Array>();
  }
  Napi::Uint8Array byteArray(const char* name) {
    Napi::Value value = take();
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) fail(name, "must be a Uint8Array");
    return value.As<Napi::Uint8Array>();
  }
  // Exactly `size` whole numbers, each from `low` to `high`.
  int* integers(const char* name, size_t size, int low, int high) {
    Napi::Value value = take();
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array) fail(name, "must be an Int32Array");
    Napi::Int32Array array = value.As<Napi::Int32Array>();
    if (array.ElementLength() != size) fail(name, "has the wrong length");
    for (size_t i = 0; i < size; i++)
      if (array[i] < low || array[i] > high) fail(name, "holds " + std::to_string(array[i]));
    return array.Data();
  }
  int* integersOrNull(const char* name, size_t size, int low, int high) { return skipNull() ? nullptr : integers(name, size, low, high); }
  // f(values, size) for each Float32Array of an array.
  template <class F>
  void eachFloats(const char* name, const F& f) {
    Napi::Value value = take();
    if (!value.IsArray()) fail(name, "must be an array");
    Napi::Array array = value.As<Napi::Array>();
    for (uint32_t i = 0; i < array.Length(); i++) {
      Napi::HandleScope scope(info_.Env());
      Napi::Value item = array[i];
      if (!isFloats(item)) fail(name, "must hold Float32Arrays");
      Napi::Float32Array floats = item.As<Napi::Float32Array>();
      f(floats.Data(), floats.ElementLength());
    }
  }
  // Exactly `size` doubles.
  double* doubles(const char* name, size_t size) { return typed<Napi::Float64Array>(name, size, napi_float64_array, "must be a Float64Array").Data(); }
  // Exactly `size` bytes.
  uint8_t* bytes(const char* name, size_t size) { return typed<Napi::Uint8Array>(name, size, napi_uint8_array, "must be a Uint8Array").Data(); }
  uint8_t* bytesOrNull(const char* name, size_t size) { return skipNull() ? nullptr : bytes(name, size); }

 private:
  static bool isFloats(Napi::Value value) { return value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_float32_array; }
  template <class Array>
  Array typed(const char* name, size_t size, napi_typedarray_type type, const char* otherwise) {
    Napi::Value value = take();
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) fail(name, otherwise);
    Array array = value.As<Array>();
    if (array.ElementLength() != size) fail(name, "has " + std::to_string(array.ElementLength()) + " values, not " + std::to_string(size));
    return array;
  }

  const Napi::CallbackInfo& info_;
  size_t next_ = 0;

  Napi::Value take() { return info_[next_++]; }
  bool skipNull() {
    if (!info_[next_].IsNull()) return false;
    next_++;
    return true;
  }
  [[noreturn]] void fail(const char* name, const std::string& what) { throw Napi::TypeError::New(info_.Env(), std::string(name) + " " + what); }
};

}  // namespace hark
