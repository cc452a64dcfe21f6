// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  /// Classes that are made empty and filled by a state: to call one would make as many numbers as the call says.
  private static let frames = """
    pandas DataFrame Series Index RangeIndex MultiIndex DatetimeIndex TimedeltaIndex PeriodIndex IntervalIndex
    pandas CategoricalIndex
    pandas.core.frame DataFrame
    pandas.core.series Series
    pandas.core.indexes.base Index
    pandas.core.indexes.range RangeIndex
    pandas.core.indexes.multi MultiIndex
    pandas.core.indexes.datetimes DatetimeIndex
    pandas.core.indexes.timedeltas TimedeltaIndex
    pandas.core.indexes.period PeriodIndex
    pandas.core.indexes.interval IntervalIndex
    pandas.core.indexes.category CategoricalIndex
    pandas.core.indexes.numeric Int64Index UInt64Index Float64Index NumericIndex
    """

  /// Classes that are made from plain values that they check, and filled by a state.
  private static let holders = """
    pandas Categorical CategoricalDtype StringDtype DatetimeTZDtype PeriodDtype IntervalDtype SparseDtype ArrowDtype
    pandas Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype Float32Dtype
    pandas Float64Dtype BooleanDtype Interval Timestamp Timedelta Period Flags
    pandas.arrays StringArray DatetimeArray TimedeltaArray PeriodArray IntervalArray IntegerArray FloatingArray BooleanArray
    pandas.arrays SparseArray NumpyExtensionArray Categorical PandasArray ArrowStringArray ArrowExtensionArray
    pandas.core.flags Flags
    pandas DateOffset
    pandas.core.arrays.categorical Categorical
    pandas.core.arrays.datetimes DatetimeArray
    pandas.core.arrays.timedeltas TimedeltaArray
    pandas.core.arrays.period PeriodArray
    pandas.core.arrays.interval IntervalArray
    pandas.core.arrays.integer IntegerArray Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype
    pandas.core.arrays.integer UInt64Dtype
    pandas.core.arrays.floating FloatingArray Float32Dtype Float64Dtype
    pandas.core.arrays.boolean BooleanArray BooleanDtype
    pandas.core.arrays.string_ StringArray StringDtype
    pandas.core.arrays.numpy_ NumpyExtensionArray PandasArray
    pandas.core.arrays.sparse.array SparseArray
    pandas.core.arrays.sparse.dtype SparseDtype
    pandas.core.dtypes.dtypes CategoricalDtype DatetimeTZDtype PeriodDtype IntervalDtype SparseDtype
    pandas.core.internals.managers BlockManager SingleBlockManager
    pandas._libs.internals BlockPlacement BlockManager
    pandas._libs.sparse IntIndex BlockIndex
    pandas._libs.interval Interval
    pandas._libs.tslibs.period Period
    pandas._libs.tslibs.offsets Day Hour Minute Second Milli Micro Nano MonthEnd MonthBegin Week YearEnd YearBegin BDay
    pandas._libs.tslibs.offsets BusinessDay QuarterEnd QuarterBegin BMonthEnd BMonthBegin DateOffset Tick
    """

  /// Functions that make those.
  private static let makers = """
    pandas.core.internals.blocks new_block
    pandas._libs.internals _unpickle_block _new_Block
    pandas._libs.arrays __pyx_unpickle_NDArrayBacked
    pandas._libs.tslibs.timestamps _unpickle_timestamp
    pandas._libs.tslibs.timedeltas _timedelta_unpickle
    pandas._libs.tslibs.nattype _nat_unpickle __nat_unpickle
    pandas._libs.tslibs.period _fromordinal
    pandas._libs.missing _NA
    pandas._libs.interval __pyx_unpickle_IntervalMixin
    """

  /// Functions that call the class they are given, with the items of a dictionary.
  private static let indexMakers = """
    pandas.core.indexes.base _new_Index
    pandas.core.indexes.datetimes _new_DatetimeIndex
    pandas.core.indexes.timedeltas _new_TimedeltaIndex
    pandas.core.indexes.period _new_PeriodIndex
    pandas.core.indexes.interval _new_IntervalIndex
    """

  private static let indexes = [
    "Index", "RangeIndex", "MultiIndex", "DatetimeIndex", "TimedeltaIndex", "PeriodIndex", "IntervalIndex",
    "CategoricalIndex", "Int64Index", "UInt64Index", "Float64Index", "NumericIndex",
  ]

  /// Arrays of Arrow that ``PickleMachine/fitsArrow(_:)`` cannot prove to stay within their bytes: nested ones, and texts
  /// that protocol 2 writes.
  static let pyarrow = AllowPack(
    "pyarrow", isOnByDefault: false,
    about: """
      Nested and chunked arrays of Arrow. Arrow does not check that the offsets in them lie within their bytes before \
      somebody asks it to; Martlet checks it for texts, numbers and times, which need no pack.
      """,
    list(
      "pyarrow.lib _restore_array type_for_alias py_buffer chunked_array schema field list_ struct dictionary"
    ) {
      function($0, $1, 4, "an array of Arrow from its bytes", required: 0)
    }
      + list(
        "pyarrow.lib ChunkedArray Array StringArray LargeStringArray Int64Array DoubleArray BooleanArray Buffer DataType Table"
      ) {
        AllowEntry(module: $0, name: $1, reason: "named as a class", isClass: true)
      })

  static let pandas = AllowPack(
    "pandas", isOnByDefault: true,
    about:
      "Tables, series and indexes of pandas: arrays under names. What loads files or evaluates text is not in it.",
    list(holders) {
      var entry = function(
        $0, $1, 4, "arrays under names, made from plain values that it checks", required: 0)
      entry.isClass = true
      entry.isMadeEmpty = true
      entry.state = .init([.dict, .tuple, .list, .none])
      return entry
    }
      + list(frames) {
        AllowEntry(
          module: $0, name: $1, reason: "arrays under names", isClass: true, isMadeEmpty: true,
          state: .init([.dict, .tuple, .list, .none]))
      }
      + list(indexMakers) {
        AllowEntry(
          module: $0, name: $1, reason: "an index of pandas from arrays under names",
          call: AllowShape([.init(.vettedGlobal, indexes), .init(.dict)]),
          state: .init([.dict, .tuple, .none]))
      }
      + [
        AllowEntry(
          module: "pandas.core.indexes.frozen", name: "FrozenList", reason: "a list that does not change",
          isClass: true, isMadeEmpty: true, call: AllowShape([.init([.list, .tuple])], required: 0),
          state: .init(.none), writes: ["append"])
      ]
      + list(makers) {
        var entry = function($0, $1, 5, "makes arrays under names from plain values", required: 0)
        entry.state = .init([.dict, .tuple, .list, .none])
        return entry
      }
      + list("pandas NA NaT\npandas._libs.missing NA") {
        AllowEntry(module: $0, name: $1, reason: "a constant, named and not called", isClass: true)
      }
      + named(
        "pandas._libs.internals BlockPlacement\npandas._libs.tslibs.dtypes PeriodDtypeBase",
        "named and not called"))
}
