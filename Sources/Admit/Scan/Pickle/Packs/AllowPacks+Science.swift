// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  static let joblib = AllowPack(
    "joblib", isOnByDefault: true,
    about: "What joblib writes in place of an array: its bytes follow in the pickle.",
    ["joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"].map {
      AllowEntry(
        module: $0, name: "NumpyArrayWrapper", reason: "stands for the array whose bytes follow",
        isClass: true,
        isMadeEmpty: true, state: .init(.dict))
    }
      + ["joblib.numpy_pickle", "joblib.numpy_pickle_compat"].flatMap { module in
        ["NDArrayWrapper", "ZNDArrayWrapper"].map {
          // Their state names another file to load: no entry covers it.
          AllowEntry(
            module: module, name: $0, reason: "stands for an array in another file", isClass: true,
            isMadeEmpty: true)
        }
      })

  static let numpy = AllowPack(
    "numpy", isOnByDefault: true, about: "Random generators and mathematical functions of numpy.",
    [
      generator("__randomstate_ctor", "an empty random state"),
      generator("__generator_ctor", "an empty generator"),
      AllowEntry(
        module: "numpy.random._pickle", name: "__bit_generator_ctor",
        reason: "an empty generator of its name",
        call: AllowShape([.init([.text, .vettedGlobal], generators)], required: 0)),
      function("numpy.random.bit_generator", "__pyx_unpickle_SeedSequence", 3, "the seeds of a generator"),
    ].map {
      var entry = $0
      entry.state = .init([.dict, .tuple, .none])
      return entry
    }
      + classes(
        """
        numpy.random._mt19937 MT19937
        numpy.random._pcg64 PCG64 PCG64DXSM
        numpy.random._philox Philox
        numpy.random._sfc64 SFC64
        numpy.random.bit_generator SeedSequence
        """, "a random generator, named as the class of one")
      + classes(
        """
        numpy.polynomial.polynomial Polynomial
        numpy.polynomial.chebyshev Chebyshev
        numpy.polynomial.legendre Legendre
        numpy.polynomial.hermite Hermite
        numpy.polynomial.hermite_e HermiteE
        numpy.polynomial.laguerre Laguerre
        numpy poly1d
        numpy.lib.polynomial poly1d
        numpy.lib._polynomial_impl poly1d
        numpy iinfo finfo
        """, "coefficients under names")
      + [
        AllowEntry(
          module: "numpy.ma.core", name: "_mareconstruct", reason: "an empty masked array",
          call: AllowShape([
            .init(.vettedGlobal, ["MaskedArray"]), .init(.vettedGlobal, ["ndarray"]), .init(.zeroShape),
            .init([.text, .bytes, .vettedObject]),
          ]), state: .init(.tuple)),
        AllowEntry(
          module: "numpy.ma.core", name: "MaskedArray", reason: "named as a class", isClass: true,
          state: .init(.tuple)),
        AllowEntry(
          module: "numpy.ma", name: "MaskedArray", reason: "named as a class", isClass: true,
          state: .init(.tuple)),
        AllowEntry(
          module: "numpy", name: "matrix", reason: "named as a class", isClass: true, state: .init(.tuple)),
        AllowEntry(module: "numpy", name: "memmap", reason: "named as the class of an array"),
        AllowEntry(
          module: "numpy._core._internal", name: "_convert_to_stringdtype_kwargs",
          reason: "an element type of text from its settings",
          call: AllowShape([.init([.bool, .integer]), .init([.none, .text, .float])], required: 1)),
        AllowEntry(
          module: "numpy.ma.core", name: "MaskedConstant", reason: "a constant", isClass: true,
          isMadeEmpty: true, call: AllowShape([]), state: .init([.tuple, .none])),
        AllowEntry(
          module: "numpy", name: "chararray", reason: "named as a class", isClass: true, state: .init(.tuple)),
        AllowEntry(
          module: "numpy.char", name: "chararray", reason: "named as a class", isClass: true,
          state: .init(.tuple)),
        AllowEntry(
          module: "numpy.matrixlib.defmatrix", name: "matrix", reason: "named as a class", isClass: true,
          state: .init(.tuple)),
        AllowEntry(
          module: "numpy", name: "recarray", reason: "named as a class", isClass: true, state: .init(.tuple)),
        AllowEntry(
          module: "numpy.rec", name: "recarray", reason: "named as a class", isClass: true,
          state: .init(.tuple)),
        AllowEntry(module: "numpy", name: "record", reason: "named as an element type", isClass: true),
        AllowEntry(module: "numpy.rec", name: "record", reason: "named as an element type", isClass: true),
      ]
      + list(
        "numpy object_ longlong ulonglong clongdouble half single double void str unicode_ string_ byte short intc uint uintp generic number floating integer"
      ) {
        AllowEntry(module: $0, name: $1, reason: "named as an element type, not called", isClass: true)
      }
      + named(
        ["numpy", "numpy.core._multiarray_umath", "numpy._core._multiarray_umath"].map {
          $0
            + " add subtract multiply divide true_divide log log1p log2 log10 exp exp2 expm1 sqrt cbrt square abs absolute sin cos tan tanh"
            + " sinh cosh arcsin arccos arctan arcsinh arctanh maximum minimum fmax fmin power negative positive sign"
            + " reciprocal rint floor ceil trunc isnan isfinite isinf logical_not mean median sum std var max min prod"
        }.joined(separator: "\n"), "a function that only computes, named and not called"))

  private static let generators = ["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"]

  /// They call their arguments: only with each other.
  private static func generator(_ name: String, _ reason: String) -> AllowEntry {
    AllowEntry(
      module: "numpy.random._pickle", name: name, reason: reason,
      call: AllowShape(
        [
          .init(
            [.text, .vettedGlobal, .vettedObject], generators,
            makers: ["numpy.random._pickle.__bit_generator_ctor"]),
          .init(.vettedGlobal, ["__bit_generator_ctor"]),
        ], required: 0))
  }

  static let scipy = AllowPack(
    "scipy", isOnByDefault: true,
    about: "Sparse matrices and splines of scipy. Its distributions are not: they run text of their state.",
    classes(
      ["csr", "csc", "coo", "bsr", "dia", "dok", "lil"].map {
        "scipy.sparse.\($0) \($0)_matrix\nscipy.sparse._\($0) \($0)_matrix \($0)_array"
      }.joined(separator: "\n")
        + """

        scipy.sparse._arrays csr_array csc_array coo_array bsr_array dia_array dok_array lil_array
        scipy.interpolate._bsplines BSpline
        scipy.interpolate._cubic CubicSpline PchipInterpolator Akima1DInterpolator CubicHermiteSpline
        scipy.interpolate._interpolate PPoly BPoly NdPPoly interp1d
        scipy.interpolate._fitpack2 UnivariateSpline LSQUnivariateSpline InterpolatedUnivariateSpline
        scipy.interpolate._fitpack2 RectBivariateSpline SmoothBivariateSpline LSQBivariateSpline
        scipy.interpolate._rbfinterp RBFInterpolator
        scipy.interpolate._rgi RegularGridInterpolator
        """,
      "arrays under names"
    ).map {
      var entry = $0
      // Some have slots, whose state is a pair.
      entry.state = .init([.dict, .tuple, .none])
      return entry
    })

  static let xgboost = AllowPack(
    "xgboost", isOnByDefault: true,
    about: "XGBoost's estimators. A booster's state is its model, which is scanned as a file of its own.",
    classes(XgboostNames.classes, "an estimator of xgboost: its state only fills its dictionary") + [
      AllowEntry(
        module: "xgboost.core", name: "Booster", reason: "its model is scanned as a file of its own",
        isClass: true,
        isMadeEmpty: true, state: .init(.dict))
    ])

  static let lightgbm = AllowPack(
    "lightgbm", isOnByDefault: true,
    about: "LightGBM's estimators. A booster's state is its model, which is scanned as a file of its own.",
    classes(LightgbmNames.classes, "an estimator of lightgbm: its state only fills its dictionary") + [
      AllowEntry(
        module: "lightgbm.basic", name: "Booster", reason: "its model is scanned as a file of its own",
        isClass: true,
        isMadeEmpty: true, state: .init(.dict))
    ])
}
