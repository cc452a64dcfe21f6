// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The fields of TensorFlow's messages by name, as far as they say what a graph does.
enum GraphTextSchema {
  enum Kind: Equatable {
    case text, integer, float, double
    case message(String)
    /// Read over: says nothing about what runs.
    case skipped
  }

  struct Field {
    let number: Int
    let kind: Kind
  }

  /// Fields that stand at the top of a file; those with a kind tell it.
  static let tops: [String: GraphProbe.Kind?] = [
    "node": .graph, "library": .graph, "versions": nil, "version": nil,
    "debug_info": nil,
    "meta_info_def": .metaGraph, "graph_def": .metaGraph, "saver_def": .metaGraph,
    "collection_def": .metaGraph,
    "signature_def": .metaGraph, "asset_file_def": .metaGraph, "object_graph_def": .metaGraph,
    "saved_model_schema_version": nil, "meta_graphs": .savedModel,
  ]

  static let types: [String: UInt64] = [
    "DT_INVALID": 0, "DT_FLOAT": 1, "DT_DOUBLE": 2, "DT_INT32": 3, "DT_UINT8": 4, "DT_INT16": 5, "DT_INT8": 6,
    "DT_STRING": 7, "DT_COMPLEX64": 8, "DT_INT64": 9, "DT_BOOL": 10, "DT_QINT8": 11, "DT_QUINT8": 12,
    "DT_QINT32": 13, "DT_BFLOAT16": 14, "DT_QINT16": 15, "DT_QUINT16": 16, "DT_UINT16": 17,
    "DT_COMPLEX128": 18,
    "DT_HALF": 19, "DT_RESOURCE": 20, "DT_VARIANT": 21, "DT_UINT32": 22, "DT_UINT64": 23,
    "DT_FLOAT8_E5M2": 24,
    "DT_FLOAT8_E4M3FN": 25, "DT_INT4": 29, "DT_UINT4": 30, "DT_INT2": 31, "DT_UINT2": 32, "DT_FLOAT_REF": 101,
    "DT_DOUBLE_REF": 102, "DT_INT32_REF": 103, "DT_UINT8_REF": 104, "DT_STRING_REF": 107, "DT_INT64_REF": 109,
    "DT_BOOL_REF": 110, "DT_HALF_REF": 119, "DT_RESOURCE_REF": 120, "DT_VARIANT_REF": 121,
  ]

  /// `name number kind`, where a kind that begins with a capital letter is a message.
  static let messages: [String: [String: Field]] = {
    let texts = [
      "SavedModel": "saved_model_schema_version 1 integer, meta_graphs 2 MetaGraphDef",
      "MetaGraphDef": """
      meta_info_def 1 skipped, graph_def 2 GraphDef, saver_def 3 SaverDef, collection_def 4 CollectionEntry, \
      signature_def 5 skipped, asset_file_def 6 AssetFileDef, object_graph_def 7 SavedObjectGraph
      """,
      "SaverDef": """
      filename_tensor_name 1 text, save_tensor_name 2 skipped, restore_op_name 3 skipped, max_to_keep 4 skipped, \
      sharded 5 skipped, keep_checkpoint_every_n_hours 6 skipped, version 7 skipped
      """,
      "CollectionEntry": "key 1 text, value 2 CollectionDef",
      "CollectionDef": """
      node_list 1 skipped, bytes_list 2 skipped, int64_list 3 skipped, float_list 4 skipped, any_list 5 AnyList
      """,
      "AnyList": "value 1 Any", "Any": "type_url 1 text, value 2 text",
      "AssetFileDef": "tensor_info 1 TensorInfo, filename 2 text",
      "TensorInfo": "name 1 text, dtype 2 skipped, tensor_shape 3 skipped",
      "SavedObjectGraph": "nodes 1 SavedObject, concrete_functions 2 skipped",
      "SavedObject": """
      children 1 skipped, slot_variables 3 skipped, user_object 4 SavedUserObject, asset 5 skipped, \
      function 6 skipped, variable 7 skipped, bare_concrete_function 8 skipped, constant 9 skipped, \
      resource 10 skipped, saveable_objects 11 skipped, captured_tensor 12 skipped, registered_name 13 skipped, \
      serialized_user_proto 14 skipped, dependencies 15 skipped, registered_saver 16 skipped
      """,
      "SavedUserObject": "identifier 1 text, version 2 skipped, metadata 3 text",
      "GraphDef": """
      node 1 NodeDef, library 2 FunctionDefLibrary, version 3 integer, versions 4 skipped, debug_info 5 skipped
      """,
      "NodeDef": """
      name 1 text, op 2 text, input 3 text, device 4 text, attr 5 AttrEntry, experimental_debug_info 6 skipped, \
      experimental_type 7 skipped
      """,
      "AttrEntry": "key 1 text, value 2 AttrValue",
      "AttrValue": """
      list 1 ListValue, s 2 text, i 3 integer, f 4 float, b 5 integer, type 6 integer, shape 7 TensorShapeProto, \
      tensor 8 TensorProto, placeholder 9 text, func 10 NameAttrList
      """,
      "ListValue": """
      s 2 text, i 3 integer, f 4 float, b 5 integer, type 6 integer, shape 7 TensorShapeProto, \
      tensor 8 TensorProto, func 9 NameAttrList
      """,
      "NameAttrList": "name 1 text, attr 2 AttrEntry",
      "TensorShapeProto": "dim 2 Dim, unknown_rank 3 integer", "Dim": "size 1 integer, name 2 text",
      "TensorProto": """
      dtype 1 integer, tensor_shape 2 TensorShapeProto, version_number 3 integer, tensor_content 4 text, \
      float_val 5 float, double_val 6 double, int_val 7 integer, string_val 8 text, scomplex_val 9 float, \
      int64_val 10 integer, bool_val 11 integer, dcomplex_val 12 double, half_val 13 integer, \
      resource_handle_val 14 Handle, variant_val 15 Variant, uint32_val 16 integer, uint64_val 17 integer, \
      float8_val 18 text
      """,
      "Handle": """
      device 1 skipped, container 2 skipped, name 3 skipped, hash_code 4 skipped, maybe_type_name 5 skipped, \
      dtypes_and_shapes 6 skipped
      """,
      "Variant": "type_name 1 text, metadata 2 skipped, tensors 3 TensorProto",
      "FunctionDefLibrary": "function 1 FunctionDef, gradient 2 skipped, registered_gradients 3 skipped",
      "FunctionDef": """
      signature 1 OpDef, node_def 3 NodeDef, ret 4 skipped, attr 5 AttrEntry, control_ret 6 skipped, \
      arg_attr 7 skipped, resource_arg_unique_id 8 skipped
      """,
      "OpDef": """
      name 1 text, input_arg 2 ArgDef, output_arg 3 skipped, attr 4 skipped, summary 5 skipped, \
      description 6 skipped, deprecation 8 skipped, is_commutative 18 skipped, is_aggregate 16 skipped, \
      is_stateful 17 skipped, allows_uninitialized_input 19 skipped, control_output 20 skipped, \
      is_distributed_communication 21 skipped
      """,
      "ArgDef": """
      name 1 text, description 2 skipped, type 3 skipped, type_attr 4 skipped, number_attr 5 skipped, \
      type_list_attr 6 skipped, handle_data 7 skipped, is_ref 16 skipped, experimental_full_type 17 skipped
      """,
    ]
    return texts.mapValues { text in
      var fields: [String: Field] = [:]
      for line in text.split(separator: ",") {
        let parts = line.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
        guard parts.count == 3, let number = Int(parts[1]) else { continue }
        let kind: Kind =
          switch parts[2] {
          case "text": .text
          case "integer": .integer
          case "float": .float
          case "double": .double
          case "skipped": .skipped
          default: .message(parts[2])
          }
        fields[parts[0]] = Field(number: number, kind: kind)
      }
      return fields
    }
  }()
}
