// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

#ifndef MARTLET_CONNXRUNTIME_H
#define MARTLET_CONNXRUNTIME_H

#include <stddef.h>
#include <stdint.h>

// The part of ONNX Runtime's C interface that Martlet calls. The interface is one table of function pointers
// that only ever grows at its end: the place of a function, its slot, never changes. A member here stands at
// its slot; what lies between is padding. The assertions below hold each member to its slot.

/// The oldest version of the table that has every slot below. ONNX Runtime 1.15 brought it.
enum { MartletOrtOldestVersion = 15 };

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtSession OrtSession;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtAllocator OrtAllocator;

/// Enumerations cross the interface as C ints.
typedef int32_t MartletOrtLogLevel;
typedef int32_t MartletOrtElementType;
typedef int32_t MartletOrtValueType;

enum { MartletOrtLogError = 3 };
enum { MartletOrtOptimizeNothing = 0, MartletOrtOptimizeBasic = 1, MartletOrtOptimizeAll = 99 };
enum {
  MartletOrtValueUnknown = 0,
  MartletOrtValueTensor = 1,
  MartletOrtValueSequence = 2,
  MartletOrtValueMap = 3,
  MartletOrtValueOpaque = 4,
  MartletOrtValueSparseTensor = 5,
  MartletOrtValueOptional = 6
};
enum { MartletOrtDeviceAllocator = 0, MartletOrtMemoryDefault = 0 };

typedef void (*MartletOrtLog)(
    void *parameter, MartletOrtLogLevel severity, const char *category, const char *identity,
    const char *place, const char *message);

/// Takes ONNX Runtime's log lines and drops them: what matters comes back as an error's message.
void MartletDiscardLog(
    void *parameter, MartletOrtLogLevel severity, const char *category, const char *identity,
    const char *place, const char *message);

/// A call that can fail returns null, or a status that the caller releases.
typedef struct MartletOrtApi {
  const void *before_1[1];
  int32_t (*GetErrorCode)(const OrtStatus *status);  // 1
  const char *(*GetErrorMessage)(const OrtStatus *status);  // 2
  const void *before_4[1];
  OrtStatus *(*CreateEnvWithCustomLogger)(
      MartletOrtLog log, void *parameter, MartletOrtLogLevel severity, const char *identity,
      OrtEnv **out);  // 4
  const void *before_6[1];
  OrtStatus *(*DisableTelemetryEvents)(const OrtEnv *environment);  // 6
  const void *before_8[1];
  OrtStatus *(*CreateSessionFromArray)(
      const OrtEnv *environment, const void *model, size_t length, const OrtSessionOptions *options,
      OrtSession **out);  // 8
  OrtStatus *(*Run)(
      OrtSession *session, const OrtRunOptions *options, const char *const *inputNames,
      const OrtValue *const *inputs, size_t inputCount, const char *const *outputNames,
      size_t outputCount, OrtValue **outputs);  // 9
  OrtStatus *(*CreateSessionOptions)(OrtSessionOptions **out);  // 10
  const void *before_19[8];
  OrtStatus *(*DisableCpuMemArena)(OrtSessionOptions *options);  // 19
  const void *before_22[2];
  OrtStatus *(*SetSessionLogSeverityLevel)(OrtSessionOptions *options, int severity);  // 22
  OrtStatus *(*SetSessionGraphOptimizationLevel)(OrtSessionOptions *options, int32_t level);  // 23
  OrtStatus *(*SetIntraOpNumThreads)(OrtSessionOptions *options, int threads);  // 24
  const void *before_30[5];
  OrtStatus *(*SessionGetInputCount)(const OrtSession *session, size_t *out);  // 30
  OrtStatus *(*SessionGetOutputCount)(const OrtSession *session, size_t *out);  // 31
  const void *before_33[1];
  OrtStatus *(*SessionGetInputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);  // 33
  OrtStatus *(*SessionGetOutputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);  // 34
  const void *before_36[1];
  OrtStatus *(*SessionGetInputName)(
      const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);  // 36
  OrtStatus *(*SessionGetOutputName)(
      const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);  // 37
  const void *before_48[10];
  OrtStatus *(*CreateTensorAsOrtValue)(
      OrtAllocator *allocator, const int64_t *shape, size_t rank, MartletOrtElementType type,
      OrtValue **out);  // 48
  OrtStatus *(*CreateTensorWithDataAsOrtValue)(
      const OrtMemoryInfo *memory, void *data, size_t length, const int64_t *shape, size_t rank,
      MartletOrtElementType type, OrtValue **out);  // 49
  const void *before_51[1];
  OrtStatus *(*GetTensorMutableData)(OrtValue *value, void **out);  // 51
  const void *before_53[1];
  OrtStatus *(*GetStringTensorDataLength)(const OrtValue *value, size_t *out);  // 53
  OrtStatus *(*GetStringTensorContent)(
      const OrtValue *value, void *text, size_t length, size_t *offsets, size_t count);  // 54
  OrtStatus *(*CastTypeInfoToTensorInfo)(
      const OrtTypeInfo *type, const OrtTensorTypeAndShapeInfo **out);  // 55
  OrtStatus *(*GetOnnxTypeFromTypeInfo)(const OrtTypeInfo *type, MartletOrtValueType *out);  // 56
  const void *before_60[3];
  OrtStatus *(*GetTensorElementType)(
      const OrtTensorTypeAndShapeInfo *info, MartletOrtElementType *out);  // 60
  OrtStatus *(*GetDimensionsCount)(const OrtTensorTypeAndShapeInfo *info, size_t *out);  // 61
  OrtStatus *(*GetDimensions)(const OrtTensorTypeAndShapeInfo *info, int64_t *out, size_t rank);  // 62
  OrtStatus *(*GetSymbolicDimensions)(
      const OrtTensorTypeAndShapeInfo *info, const char **out, size_t rank);  // 63
  const void *before_65[1];
  OrtStatus *(*GetTensorTypeAndShape)(const OrtValue *value, OrtTensorTypeAndShapeInfo **out);  // 65
  const void *before_67[1];
  OrtStatus *(*GetValueType)(const OrtValue *value, MartletOrtValueType *out);  // 67
  const void *before_69[1];
  OrtStatus *(*CreateCpuMemoryInfo)(int32_t allocator, int32_t memory, OrtMemoryInfo **out);  // 69
  const void *before_76[6];
  OrtStatus *(*AllocatorFree)(OrtAllocator *allocator, void *memory);  // 76
  const void *before_78[1];
  OrtStatus *(*GetAllocatorWithDefaultOptions)(OrtAllocator **out);  // 78
  const void *before_92[13];
  void (*ReleaseEnv)(OrtEnv *environment);  // 92
  void (*ReleaseStatus)(OrtStatus *status);  // 93
  void (*ReleaseMemoryInfo)(OrtMemoryInfo *memory);  // 94
  void (*ReleaseSession)(OrtSession *session);  // 95
  void (*ReleaseValue)(OrtValue *value);  // 96
  const void *before_98[1];
  void (*ReleaseTypeInfo)(OrtTypeInfo *type);  // 98
  void (*ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo *info);  // 99
  void (*ReleaseSessionOptions)(OrtSessionOptions *options);  // 100
  const void *before_130[29];
  OrtStatus *(*AddSessionConfigEntry)(
      OrtSessionOptions *options, const char *key, const char *value);  // 130
  const void *before_252[121];
  OrtStatus *(*GetResizedStringTensorElementBuffer)(
      OrtValue *value, size_t index, size_t length, char **out);  // 252
} MartletOrtApi;

#define MARTLET_SLOT(number, name)                                               \
  _Static_assert(                                                                \
      offsetof(MartletOrtApi, name) == (number) * sizeof(void *),                \
      #name " is not at slot " #number)

MARTLET_SLOT(1, GetErrorCode);
MARTLET_SLOT(2, GetErrorMessage);
MARTLET_SLOT(4, CreateEnvWithCustomLogger);
MARTLET_SLOT(6, DisableTelemetryEvents);
MARTLET_SLOT(8, CreateSessionFromArray);
MARTLET_SLOT(9, Run);
MARTLET_SLOT(10, CreateSessionOptions);
MARTLET_SLOT(19, DisableCpuMemArena);
MARTLET_SLOT(22, SetSessionLogSeverityLevel);
MARTLET_SLOT(23, SetSessionGraphOptimizationLevel);
MARTLET_SLOT(24, SetIntraOpNumThreads);
MARTLET_SLOT(30, SessionGetInputCount);
MARTLET_SLOT(31, SessionGetOutputCount);
MARTLET_SLOT(33, SessionGetInputTypeInfo);
MARTLET_SLOT(34, SessionGetOutputTypeInfo);
MARTLET_SLOT(36, SessionGetInputName);
MARTLET_SLOT(37, SessionGetOutputName);
MARTLET_SLOT(48, CreateTensorAsOrtValue);
MARTLET_SLOT(49, CreateTensorWithDataAsOrtValue);
MARTLET_SLOT(51, GetTensorMutableData);
MARTLET_SLOT(53, GetStringTensorDataLength);
MARTLET_SLOT(54, GetStringTensorContent);
MARTLET_SLOT(55, CastTypeInfoToTensorInfo);
MARTLET_SLOT(56, GetOnnxTypeFromTypeInfo);
MARTLET_SLOT(60, GetTensorElementType);
MARTLET_SLOT(61, GetDimensionsCount);
MARTLET_SLOT(62, GetDimensions);
MARTLET_SLOT(63, GetSymbolicDimensions);
MARTLET_SLOT(65, GetTensorTypeAndShape);
MARTLET_SLOT(67, GetValueType);
MARTLET_SLOT(69, CreateCpuMemoryInfo);
MARTLET_SLOT(76, AllocatorFree);
MARTLET_SLOT(78, GetAllocatorWithDefaultOptions);
MARTLET_SLOT(92, ReleaseEnv);
MARTLET_SLOT(93, ReleaseStatus);
MARTLET_SLOT(94, ReleaseMemoryInfo);
MARTLET_SLOT(95, ReleaseSession);
MARTLET_SLOT(96, ReleaseValue);
MARTLET_SLOT(98, ReleaseTypeInfo);
MARTLET_SLOT(99, ReleaseTensorTypeAndShapeInfo);
MARTLET_SLOT(100, ReleaseSessionOptions);
MARTLET_SLOT(130, AddSessionConfigEntry);
MARTLET_SLOT(252, GetResizedStringTensorElementBuffer);

/// What `OrtGetApiBase`, the one symbol the library exports to us, returns.
typedef struct MartletOrtApiBase {
  const MartletOrtApi *(*GetApi)(uint32_t version);
  const char *(*GetVersionString)(void);
} MartletOrtApiBase;

typedef const MartletOrtApiBase *(*MartletOrtGetApiBase)(void);

#endif
