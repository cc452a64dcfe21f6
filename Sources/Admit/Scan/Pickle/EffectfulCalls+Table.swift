// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

// swift-format-ignore-file
// Made by Scripts/effectful-calls.py.

extension EffectfulCalls {
  /// A module and functions in it, a line each; long lines are continued in further ones of the module.
  static let text = """
    PIL.FitsImagePlugin FitsGzipDecoder.decode
    PIL.FontFile FontFile.save
    PIL.FpxImagePlugin FpxImageFile.load
    PIL.Image Image._dump Image._repr_image Image._repr_jpeg_ Image._repr_png_ Image.convert Image.save
    PIL.Image _import_plugin_for_extension fromqimage init open registered_extensions
    PIL.ImageCms buildProofTransform buildTransform getDefaultIntent getOpenProfile getProfileCopyright
    PIL.ImageCms getProfileDescription getProfileInfo getProfileManufacturer getProfileModel getProfileName
    PIL.ImageCms get_display_profile isIntentSupported profileToProfile
    PIL.ImageDraw ImageDraw._getfont ImageDraw.getfont
    PIL.ImageFile ImageFile.get_child_images ImageFile.load Parser.close Parser.feed
    PIL.ImageFont FreeTypeFont.font_variant ImageFont._load_pilfont load_default load_default_imagefont
    PIL.ImageFont truetype
    PIL.ImageMorph MorphOp.load_lut MorphOp.save_lut
    PIL.ImagePalette ImagePalette.save load
    PIL.ImageQt _toqclass_helper fromqimage fromqpixmap
    PIL.ImageTk _get_image_from_kw
    PIL.IptcImagePlugin IptcImageFile.load
    PIL.Jpeg2KImagePlugin Jpeg2KImageFile.load
    PIL.JpegImagePlugin JpegImageFile.load_djpeg
    PIL.PdfImagePlugin _save _save_all
    PIL.PdfParser PdfParser.get_buf_from_file
    PIL.SpiderImagePlugin isSpiderImage loadImageSeries
    PIL.TiffImagePlugin _save_all
    PIL.features check check_feature check_module get_supported get_supported_features get_supported_modules
    PIL.features pilinfo version version_feature version_module
    accelerate debug_launcher
    accelerate.accelerator Accelerator.load_state Accelerator.profile Accelerator.save_model
    accelerate.accelerator Accelerator.save_state
    accelerate.launchers debug_launcher
    accelerate.tracking TensorBoardTracker.store_init_configuration
    accelerate.utils.bnb load_and_quantize_model
    accelerate.utils.environment check_cuda_fp8_capability check_cuda_p2p_ib_support get_driver_version
    accelerate.utils.environment get_gpu_info override_numa_affinity set_numa_affinity
    accelerate.utils.fsdp_utils load_fsdp_model load_fsdp_optimizer merge_fsdp_weights save_fsdp_model
    accelerate.utils.fsdp_utils save_fsdp_optimizer
    accelerate.utils.launch _get_mpirun_args prepare_deepspeed_cmd_env prepare_multi_gpu_env
    accelerate.utils.launch prepare_sagemager_args_inputs prepare_simple_launcher_cmd_env
    accelerate.utils.modeling load_checkpoint_in_model load_offloaded_weights load_state_dict
    accelerate.utils.offload load_offloaded_weight offload_state_dict offload_weight save_offload_index
    accelerate.utils.operations _neuron_broadcast_object_list _neuron_gather_object broadcast_object_list
    accelerate.utils.operations gather_object verify_operation
    accelerate.utils.other get_free_port is_port_in_use load
    accelerate.utils.torch_xla install_xla
    anndata._io.read read_csv read_text
    anndata.utils import_name
    argparse ArgumentParser._parse_known_args ArgumentParser._read_args_from_files ArgumentParser.parse_args
    argparse ArgumentParser.parse_intermixed_args ArgumentParser.parse_known_args
    argparse ArgumentParser.parse_known_intermixed_args FileType.__call__
    ast literal_eval main parse
    base64 main
    bz2 open
    catboost cv sample_gaussian_process
    catboost.core CatBoost._eval_metrics CatBoost.calc_feature_statistics CatBoost.compare
    catboost.core CatBoost.create_metric_calcer CatBoost.eval_metrics CatBoost.plot_partial_dependence
    catboost.core CatBoost.plot_predictions CatBoost.select_features _clear_training_files
    catboost.core _get_catboost_widget create_dir_if_not_exist cv plot_wrapper sample_gaussian_process
    catboost.datasets _cached_download _calc_md5 _download_dataset _ensure_dir_exists _extract
    catboost.datasets _load_dataset_pd _load_numeric_only_dataset adult amazon epsilon higgs imdb monotonic1
    catboost.datasets monotonic2 msrank msrank_10k rotten_tomatoes titanic
    catboost.eval._fold_model FoldModel.delete
    catboost.eval._fold_models_handler FoldModelsHandler._clean FoldModelsHandler._fit_model
    catboost.eval._fold_models_handler FoldModelsHandler._fit_models FoldModelsHandler._remove_model_dir
    catboost.eval._fold_models_handler FoldModelsHandler.proceed
    catboost.eval._fold_storage FoldStorage.remove_dir _FoldFile._prepare_path _FoldFile.delete
    catboost.eval._fold_storage _FoldFile.open
    catboost.eval._readers _SimpleStreamingFileReader.lines_generator
    catboost.eval._splitter _Splitter.clean _Splitter.create_fold
    catboost.eval.catboost_evaluation CatboostEvaluation._calculate_result_metrics
    catboost.eval.catboost_evaluation CatboostEvaluation.eval_cases CatboostEvaluation.eval_features
    catboost.eval.utils make_dirs_if_not_exists
    catboost.hnsw.hnsw get_so_paths load_dynamic
    catboost.plot_helpers OfflineMetricVisualizer._load_data OfflineMetricVisualizer._update_data_from_dir
    catboost.plot_helpers OfflineMetricVisualizer.save_to_file save_plot_file
    catboost.utils create_cd read_cd
    catboost.widget.ipythonwidget MetricVisualizer._get_subdirectories MetricVisualizer._update_data
    catboost.widget.ipythonwidget MetricVisualizer._update_data_from_dir MetricVisualizer.start
    click launch open_file
    click._compat _AtomicFile.close _wrap_io_open open_stream
    click._termui_impl Editor.edit Editor.edit_files _pager_contextmanager _pipepager _tempfilepager
    click._termui_impl get_pager_file open_url
    click.termui launch
    click.types File.convert
    click.utils _LazyFile.open open_file
    codecs open
    collections namedtuple
    configparser RawConfigParser.read
    dask._compatibility import_optional_dependency
    dask._expr Expr.visualize
    dask.array._array_expr._slicing SlicesWrapNone._layer SlicesWrapNone.expand
    dask.array._array_expr.random Generator._backend Generator.permutation RandomState._backend
    dask.array._array_expr.random _apply_random_func _choice_rng _rng_from_bitgen _shuffle
    dask.array.core from_npy_stack to_npy_stack
    dask.array.random Generator._backend Generator.permutation RandomState._backend _apply_random_func
    dask.array.random _choice_rng _rng_from_bitgen _shuffle
    dask.array.slicing _expander expander slice_with_newaxes
    dask.base visualize_dsk
    dask.bytes.utils zip_compress
    dask.dataframe.dask_expr._collection to_datetime
    dask.dataframe.dask_expr._dummies GetDummies.operation
    dask.dataframe.dask_expr._expr ToDatetime.operation
    dask.dataframe.dask_expr.diagnostics._analyze analyze
    dask.dataframe.dask_expr.io.parquet FragmentWrapper.fragment FragmentWrapper.unpack
    dask.dataframe.io.parquet.arrow ArrowDatasetEngine._read_table _read_table_from_path
    dask.dataframe.io.utils _open_input_files
    dask.dataframe.multi _merge_chunk_wrapper _split_partition
    dask.dataframe.shuffle maybe_buffered_partd.__call__
    dask.diagnostics.profile CacheProfiler._plot CacheProfiler.visualize Profiler._plot Profiler.visualize
    dask.diagnostics.profile ResourceProfiler._plot ResourceProfiler.visualize
    dask.diagnostics.profile_visualize get_colors plot_cache plot_resources plot_tasks visualize
    dask.dot dot_graph graphviz_to_file
    dask.highlevelgraph HighLevelGraph.visualize
    dask.tokenize _normalize_dataclass _normalize_pickle normalize_builtin_function_or_method
    dask.tokenize normalize_object register_numpy
    dask.utils changed_cwd ensure_not_exists filetext filetexts get_meta_library import_required tmp_cwd
    dask.utils tmpdir tmpfile
    dataclasses _cmp_fn _create_fn _frozen_get_del_attr _hash_add _hash_fn _init_fn _process_class _repr_fn
    dataclasses dataclass make_dataclass
    datasets get_dataset_config_names get_dataset_default_config_name load_dataset_builder load_from_disk
    datasets.arrow_dataset Dataset._build_local_temp_path Dataset._get_cache_file_path Dataset._map_single
    datasets.arrow_dataset Dataset._push_parquet_shards_to_hub_single Dataset._select_with_indices_mapping
    datasets.arrow_dataset Dataset.cleanup_cache_files Dataset.load_from_disk Dataset.repeat Dataset.select
    datasets.arrow_dataset Dataset.shard Dataset.shuffle Dataset.skip Dataset.sort Dataset.take
    datasets.arrow_dataset Dataset.train_test_split
    datasets.builder DatasetBuilder._build_cache_dir DatasetBuilder._rename
    datasets.builder DatasetBuilder._use_legacy_cache_dir_if_possible DatasetBuilder.download_and_prepare
    datasets.dataset_dict DatasetDict.load_from_disk
    datasets.download.download_manager DownloadManager._download_single
    datasets.download.download_manager DownloadManager._record_sizes_checksums
    datasets.download.download_manager DownloadManager.delete_extracted_files DownloadManager.download
    datasets.download.download_manager DownloadManager.manage_extracted_files
    datasets.features.audio Audio.decode_example Audio.embed_storage Audio.encode_example
    datasets.features.bio_sequence BioSequence.decode_example BioSequence.embed_storage
    datasets.features.bio_sequence _embed_bytes_path_struct
    datasets.features.bio_structure BioStructure.decode_example BioStructure.embed_storage
    datasets.features.features ClassLabel._load_names_from_file
    datasets.features.image Image.decode_example Image.embed_storage
    datasets.features.mesh Mesh.decode_example Mesh.embed_storage
    datasets.features.nifti Nifti.decode_example Nifti.embed_storage
    datasets.features.pdf Pdf.decode_example Pdf.embed_storage
    datasets.features.video Video.decode_example Video.embed_storage hf_video_reader
    datasets.filesystems rename
    datasets.fingerprint _TempCacheDir._cleanup _TempCacheDir.cleanup get_temporary_cache_files_directory
    datasets.info DatasetInfosDict.from_directory DatasetInfosDict.write_to_directory
    datasets.inspect get_dataset_config_names get_dataset_default_config_name
    datasets.iterable_dataset IterableDataset._push_parquet_shards_to_hub_single
    datasets.iterable_dataset IterableDataset._write_parquet_shards
    datasets.load HubBucketDatasetModuleFactory.get_module HubDatasetModuleFactory.get_module
    datasets.load HubDatasetModuleFactoryWithParquetExport.get_module LocalDatasetModuleFactory.get_module
    datasets.load create_builder_configs_from_metadata_configs get_dataset_builder_class import_main_class
    datasets.load load_dataset_builder load_from_disk
    datasets.packaged_modules.arrow.arrow Arrow._generate_tables Arrow._split_generators
    datasets.packaged_modules.cache.cache Cache._generate_tables Cache.download_and_prepare
    datasets.packaged_modules.conll.conll Conll._generate_tables
    datasets.packaged_modules.eval.eval Eval._generate_examples Eval._iter_samples_from_log_files
    datasets.packaged_modules.eval.eval Eval._split_generators
    datasets.packaged_modules.fasta.fasta Fasta._generate_tables
    datasets.packaged_modules.fastq.fastq Fastq._generate_tables
    datasets.packaged_modules.folder_based_builder.folder_based_builder FolderBasedBuilder._generate_examples
    datasets.packaged_modules.folder_based_builder.folder_based_builder FolderBasedBuilder._read_metadata
    datasets.packaged_modules.folder_based_builder.folder_based_builder FolderBasedBuilder._split_generators
    datasets.packaged_modules.genbank.genbank GenBank._generate_tables
    datasets.packaged_modules.harbor.harbor Harbor._generate_examples
    datasets.packaged_modules.hdf5.hdf5 HDF5._generate_tables HDF5._split_generators
    datasets.packaged_modules.json.json Json._generate_tables Json._split_generators
    datasets.packaged_modules.parquet.parquet Parquet._generate_more_gen_kwargs Parquet._generate_tables
    datasets.packaged_modules.parquet.parquet Parquet._split_generators
    datasets.packaged_modules.spark.spark Spark._prepare_split Spark._prepare_split_single
    datasets.packaged_modules.spark.spark Spark._validate_cache_dir
    datasets.packaged_modules.text.text Text._generate_tables
    datasets.packaged_modules.tsfile.tsfile TsFile._fold_split TsFile._generate_tables TsFile._open_reader
    datasets.packaged_modules.tsfile.tsfile TsFile._scan_metadata TsFile._split_generators
    datasets.packaged_modules.vortex.vortex _reshard_target_num_rows
    datasets.packaged_modules.webdataset._tenbin load save
    datasets.packaged_modules.webdataset.webdataset npz_loads torch_loads
    datasets.packaged_modules.xml.xml Xml._generate_tables
    datasets.search IndexableMixin.add_elasticsearch_index IndexableMixin.load_elasticsearch_index
    datasets.streaming extend_dataset_builder_for_streaming extend_module_for_streaming
    datasets.utils.extract Bzip2Extractor.extract ExtractManager._do_extract ExtractManager.extract
    datasets.utils.extract Extractor.extract GzipExtractor.extract Lz4Extractor.extract
    datasets.utils.extract MagicNumberBaseExtractor.is_extractable
    datasets.utils.extract MagicNumberBaseExtractor.read_magic_number RarExtractor.extract
    datasets.utils.extract SevenZipExtractor.extract TarExtractor.extract XzExtractor.extract
    datasets.utils.extract ZipExtractor.extract ZipExtractor.is_extractable ZstdExtractor.extract
    datasets.utils.file_utils ArchiveIterable._iter_from_fileobj ArchiveIterable._iter_from_urlpath
    datasets.utils.file_utils ArchiveIterable._iter_tar ArchiveIterable._iter_zip
    datasets.utils.file_utils FilesIterable._iter_from_urlpaths cached_path get_from_cache xPath.open
    datasets.utils.file_utils xet_parse xgetsize xgzip_open xlistdir xnumpy_load xopen xpandas_read_csv
    datasets.utils.file_utils xpandas_read_excel xpyarrow_parquet_read_table xsio_loadmat xwalk
    datasets.utils.file_utils xxml_dom_minidom_parse
    datasets.utils.info_utils get_size_checksum_dict
    datasets.utils.patching patch_submodule.start
    dis _disassemble_str _get_code_object _test _try_compile code_info dis get_instructions main show_code
    django configure_logging get_version
    django.apps.config AppConfig.create AppConfig.import_models
    django.apps.registry Apps.populate Apps.set_installed_apps
    django.conf LazySettings._setup
    django.contrib.admin.checks _contains_subclass
    django.contrib.admin.sites DefaultAdminSite._setup
    django.contrib.admindocs.views ViewDetailView._get_view_func ViewDetailView.get_context_data
    django.contrib.auth load_backend
    django.contrib.auth.checks _subclass_index
    django.contrib.auth.hashers BasePasswordHasher._load_library get_hashers
    django.contrib.auth.password_validation get_password_validators
    django.contrib.gis.geos.factory fromfile
    django.contrib.gis.geos.libgeos load_geos
    django.contrib.gis.shortcuts compress_kml render_to_kmz
    django.contrib.messages.storage default_storage
    django.contrib.sessions.backends.file SessionStore.aclear_expired SessionStore.acreate
    django.contrib.sessions.backends.file SessionStore.adelete SessionStore.aload SessionStore.asave
    django.contrib.sessions.backends.file SessionStore.clear_expired SessionStore.create SessionStore.delete
    django.contrib.sessions.backends.file SessionStore.load SessionStore.save
    django.contrib.sessions.management.commands.clearsessions Command.handle
    django.contrib.staticfiles.finders get_finder
    django.contrib.staticfiles.management.commands.collectstatic Command.clear_dir Command.collect
    django.contrib.staticfiles.management.commands.collectstatic Command.handle Command.link_file
    django.core.checks.commands migrate_and_makemigrations_autodetector
    django.core.handlers.base BaseHandler.load_middleware
    django.core.mail get_connection
    django.core.mail.backends.filebased EmailBackend.open
    django.core.serializers _load_serializers get_deserializer get_public_serializer_formats get_serializer
    django.core.serializers get_serializer_formats register_serializer unregister_serializer
    django.core.servers.basehttp get_internal_wsgi_application
    django.core.signing get_cookie_signer
    django.db.backends.base.client BaseDatabaseClient.runshell
    django.db.backends.base.creation BaseDatabaseCreation.mark_expected_failures_and_skips
    django.db.backends.base.operations BaseDatabaseOperations.compiler
    django.db.backends.mysql.creation DatabaseCreation._clone_db DatabaseCreation._clone_test_db
    django.db.backends.oracle.base _setup_environment
    django.db.backends.sqlite3.creation DatabaseCreation._clone_test_db DatabaseCreation._create_test_db
    django.db.backends.sqlite3.creation DatabaseCreation._destroy_test_db
    django.db.backends.sqlite3.creation DatabaseCreation.setup_worker_connection
    django.db.migrations.loader MigrationLoader.build_graph MigrationLoader.load_disk
    django.db.migrations.questioner InteractiveMigrationQuestioner._ask_default
    django.db.migrations.questioner InteractiveMigrationQuestioner.ask_auto_now_add_addition
    django.db.migrations.questioner InteractiveMigrationQuestioner.ask_not_null_addition
    django.db.migrations.questioner InteractiveMigrationQuestioner.ask_not_null_alteration
    django.db.migrations.questioner MigrationQuestioner.ask_initial
    django.db.migrations.state ModelState.construct_managers
    django.db.migrations.writer MigrationWriter.basedir
    django.db.models.manager BaseManager.deconstruct
    django.db.models.options Options._get_default_pk_class
    django.db.utils ConnectionHandler.create_connection ConnectionRouter.routers load_backend
    django.forms.renderers get_default_renderer
    django.urls.conf include
    django.urls.resolvers URLResolver.resolve_error_handler URLResolver.urlconf_module
    django.urls.utils get_callable
    django.utils._os makedirs safe_makedirs symlinks_supported
    django.utils.archive BaseArchive._copy_permissions TarArchive.extract ZipArchive.extract
    django.utils.autoreload restart_with_reloader run_with_reloader
    django.utils.deconstruct deconstructible
    django.utils.formats get_format get_format_modules iter_format_modules
    django.utils.log configure_logging
    django.utils.version get_git_changeset get_version
    django.views.debug ExceptionReporter._get_lines_from_file ExceptionReporter._get_source
    django.views.debug ExceptionReporter.get_exception_traceback_frames
    django.views.debug get_default_exception_reporter_filter get_exception_reporter_class
    encodings search_function
    flask.app Flask.open_instance_resource Flask.open_resource
    flask.blueprints Blueprint.open_resource
    flask.config Config.from_envvar Config.from_file Config.from_pyfile
    flask.helpers get_root_path
    formatter test
    gensim.corpora.sharded_corpus ShardedCorpus._ensure_shard ShardedCorpus.load_shard
    gensim.corpora.sharded_corpus ShardedCorpus.resize_shards
    gensim.corpora.textcorpus TextDirectoryCorpus._cache_corpus_length TextDirectoryCorpus.getstream
    gensim.corpora.textcorpus TextDirectoryCorpus.iter_filepaths walk
    gensim.models._fasttext_bin load save
    gensim.models.atmodel AuthorTopicModel.extend_corpus AuthorTopicModel.update
    gensim.models.ensemblelda EnsembleLda._generate_asymmetric_distance_matrix
    gensim.models.ensemblelda EnsembleLda.generate_gensim_representation EnsembleLda.get_topic_model_class
    gensim.models.ensemblelda EnsembleLda.recluster EnsembleLda.save
    gensim.models.ensemblelda _calculate_assymetric_distance_matrix_multiproc
    gensim.models.ensemblelda _generate_topic_models_multiproc
    gensim.models.fasttext FastText.load_binary_data _load_fasttext_format load_facebook_model
    gensim.models.fasttext load_facebook_vectors save_facebook_model
    gensim.models.lda_dispatcher Dispatcher.exit main
    gensim.models.lda_worker Worker.exit main
    gensim.models.ldamodel LdaModel.load
    gensim.models.lsi_dispatcher Dispatcher.exit
    gensim.models.lsi_worker Worker.exit
    gensim.nosy check_sum
    gensim.similarities.annoy AnnoyIndexer.load
    gensim.similarities.docsim Similarity.destroy
    gensim.similarities.nmslib NmslibIndexer.load
    gensim.utils SaveLoad._load_specials SaveLoad.load check_output copytree_hardlink get_my_ip pyro_daemon
    gensim.utils unpickle
    gzip compress decompress main open
    h5py.ipy_completer _retrieve_obj h5py_attr_completer h5py_completer h5py_item_completer
    hydra main
    hydra.experimental.callbacks PickleJobInfoCallback._save_pickle PickleJobInfoCallback.on_job_end
    hydra.experimental.callbacks PickleJobInfoCallback.on_job_start
    hydra.main _get_rerun_conf main
    hydra.plugins.completion_plugin CompletionPlugin.complete_files
    inspect Signature.from_builtin Signature.from_callable Signature.from_function _main
    inspect _signature_from_builtin _signature_from_callable _signature_from_function _signature_fromstr
    inspect get_annotations getargspec getcallargs getfullargspec
    joblib dump load
    joblib._memmapping_reducer ArrayMemmapForwardReducer.__call__
    joblib._memmapping_reducer TemporaryResourcesManager._clean_temporary_resources
    joblib._memmapping_reducer TemporaryResourcesManager.register_folder_finalizer
    joblib._memmapping_reducer TemporaryResourcesManager.register_new_context
    joblib._memmapping_reducer TemporaryResourcesManager.set_current_context _get_temp_dir
    joblib._memmapping_reducer _strided_from_memmap unlink_file
    joblib.backports concurrency_safe_rename make_memmap
    joblib.func_inspect get_func_code
    joblib.logger PrintTime.__call__
    joblib.memory MemorizedFunc._cached_call MemorizedFunc._check_previous_func_code
    joblib.memory MemorizedFunc._is_in_cache_and_valid MemorizedFunc.check_call_in_cache
    joblib.memory MemorizedFunc.func_code_info
    joblib.numpy_pickle NumpyArrayWrapper.read NumpyArrayWrapper.read_mmap dump load load_temporary_memmap
    joblib.numpy_pickle_compat ZNDArrayWrapper.read load_compatibility
    json.tool main
    keras.src.activations deserialize get
    keras.src.applications.convnext decode_predictions
    keras.src.applications.densenet decode_predictions
    keras.src.applications.efficientnet decode_predictions
    keras.src.applications.efficientnet_v2 decode_predictions
    keras.src.applications.imagenet_utils decode_predictions
    keras.src.applications.inception_resnet_v2 decode_predictions
    keras.src.applications.inception_v3 decode_predictions
    keras.src.applications.mobilenet decode_predictions
    keras.src.applications.mobilenet_v2 decode_predictions
    keras.src.applications.mobilenet_v3 decode_predictions
    keras.src.applications.nasnet decode_predictions
    keras.src.applications.resnet decode_predictions
    keras.src.applications.resnet_v2 decode_predictions
    keras.src.applications.vgg16 decode_predictions
    keras.src.applications.vgg19 decode_predictions
    keras.src.applications.xception decode_predictions
    keras.src.callbacks.backup_and_restore BackupAndRestore._load_model BackupAndRestore._save_model
    keras.src.callbacks.backup_and_restore BackupAndRestore.on_epoch_end BackupAndRestore.on_train_batch_end
    keras.src.callbacks.backup_and_restore BackupAndRestore.on_train_begin BackupAndRestore.on_train_end
    keras.src.callbacks.csv_logger CSVLogger.on_train_begin
    keras.src.callbacks.model_checkpoint ModelCheckpoint._get_most_recently_modified_file_matching_pattern
    keras.src.callbacks.model_checkpoint ModelCheckpoint._save_model ModelCheckpoint.on_epoch_end
    keras.src.callbacks.model_checkpoint ModelCheckpoint.on_train_batch_end
    keras.src.callbacks.orbax_checkpoint OrbaxCheckpoint._save_checkpoint OrbaxCheckpoint.on_epoch_end
    keras.src.callbacks.orbax_checkpoint OrbaxCheckpoint.on_train_batch_end
    keras.src.callbacks.remote_monitor RemoteMonitor.on_epoch_end
    keras.src.callbacks.tensorboard TensorBoard._configure_embeddings TensorBoard.set_model
    keras.src.constraints deserialize
    keras.src.distillation.distiller Distiller.from_config
    keras.src.dtype_policies deserialize
    keras.src.dtype_policies.dtype_policy_map DTypePolicyMap.from_config
    keras.src.export.litert LiteRTExporter.export
    keras.src.initializers deserialize
    keras.src.initializers.constant_initializers Constant.from_config
    keras.src.layers deserialize
    keras.src.layers.core.dense Dense.from_config
    keras.src.layers.core.einsum_dense EinsumDense.from_config
    keras.src.layers.core.embedding Embedding.from_config
    keras.src.layers.core.lambda_layer Lambda.from_config
    keras.src.layers.core.wrapper Wrapper.from_config
    keras.src.layers.preprocessing.feature_space FeatureSpace._standardize_feature FeatureSpace.save
    keras.src.layers.preprocessing.index_lookup IndexLookup.load_assets IndexLookup.save_assets
    keras.src.layers.preprocessing.pipeline Pipeline.from_config
    keras.src.layers.preprocessing.rescaling Rescaling.from_config
    keras.src.layers.preprocessing.text_vectorization TextVectorization.from_config
    keras.src.layers.rnn.bidirectional Bidirectional.from_config
    keras.src.layers.rnn.rnn RNN.from_config
    keras.src.layers.rnn.stacked_rnn_cells StackedRNNCells.from_config
    keras.src.legacy.preprocessing.image BatchFromFilesMixin._get_batches_of_transformed_samples
    keras.src.legacy.preprocessing.image ImageDataGenerator.flow_from_directory _iter_valid_files
    keras.src.legacy.preprocessing.image _list_valid_filenames_in_directory
    keras.src.losses deserialize
    keras.src.losses.losses LossFunctionWrapper.from_config
    keras.src.metrics deserialize
    keras.src.metrics.reduction_metrics MeanMetricWrapper.from_config
    keras.src.models.cloning clone_model
    keras.src.models.functional deserialize_node functional_from_config
    keras.src.models.model Model.load_weights Model.save Model.save_weights model_from_json
    keras.src.models.sequential Sequential.from_config
    keras.src.ops.core VectorizedMap.from_config
    keras.src.optimizers deserialize
    keras.src.optimizers.base_optimizer BaseOptimizer.from_config
    keras.src.optimizers.loss_scale_optimizer LossScaleOptimizer.from_config
    keras.src.optimizers.multi_optimizer MultiOptimizer.from_config OptimizerMap.from_config
    keras.src.optimizers.schedules.learning_rate_schedule deserialize
    keras.src.quantizers deserialize
    keras.src.quantizers.quantization_config Int4QuantizationConfig.from_config
    keras.src.quantizers.quantization_config QuantizationConfig.from_config
    keras.src.regularizers deserialize
    keras.src.saving.orbax_util is_orbax_checkpoint
    keras.src.trainers.trainer Trainer.compile_from_config
    keras.src.utils.backend_utils set_backend
    keras.src.utils.code_stats count_loc
    keras.src.utils.dataset_utils index_subdirectory iter_valid_files
    keras.src.utils.image_utils load_img
    keras.src.utils.jax_layer FlaxLayer.from_config JaxLayer.from_config
    keras.src.utils.module_utils LazyModule.available LazyModule.initialize
    keras.src.utils.text_dataset_utils _path_to_string_content_grain _paths_and_labels_to_dataset_grain
    keras.src.utils.text_dataset_utils paths_and_labels_to_dataset
    keras.src.utils.torch_utils TorchModuleWrapper.from_config
    lightgbm cv train
    lightgbm.basic Booster.model_from_string Booster.model_to_string Booster.refit Booster.save_model
    lightgbm.basic _InnerPredictor.from_model_file _dump_pandas_categorical _load_pandas_categorical
    lightgbm.dask _RemoteSocket.acquire
    lightgbm.engine CVBooster._from_dict CVBooster.save_model _make_n_folds cv train
    lightning.__setup__ _load_py_module _setup_args
    lightning.fabric.accelerators.registry call_register_accelerators
    lightning.fabric.loggers.csv_logs CSVLogger.experiment
    lightning.fabric.plugins.environments.lightning LightningEnvironment.main_port find_free_network_port
    lightning.fabric.plugins.environments.mpi MPIEnvironment._get_main_port MPIEnvironment.main_port
    lightning.fabric.plugins.io.torch_io TorchCheckpointIO.load_checkpoint
    lightning.fabric.plugins.precision.bitsandbytes BitsandbytesPrecision.module_init_context
    lightning.fabric.plugins.precision.transformer_engine TransformerEnginePrecision.module_init_context
    lightning.fabric.strategies.deepspeed DeepSpeedStrategy._load_config
    lightning.fabric.strategies.fsdp FSDPStrategy.load_checkpoint FSDPStrategy.save_checkpoint
    lightning.fabric.strategies.launchers.subprocess_script _ChildProcessObserver._run
    lightning.fabric.strategies.launchers.subprocess_script _ChildProcessObserver._terminate_all
    lightning.fabric.strategies.launchers.subprocess_script _ChildProcessObserver.run
    lightning.fabric.strategies.launchers.subprocess_script _SubprocessScriptLauncher._call_children_scripts
    lightning.fabric.strategies.launchers.subprocess_script _SubprocessScriptLauncher.launch
    lightning.fabric.strategies.model_parallel ModelParallelStrategy.load_checkpoint
    lightning.fabric.strategies.model_parallel ModelParallelStrategy.save_checkpoint _load_checkpoint
    lightning.fabric.strategies.model_parallel _load_raw_module_state_from_path _save_checkpoint
    lightning.fabric.strategies.xla XLAStrategy.broadcast
    lightning.fabric.strategies.xla_fsdp XLAFSDPStrategy.broadcast XLAFSDPStrategy.load_checkpoint
    lightning.fabric.strategies.xla_fsdp XLAFSDPStrategy.save_checkpoint
    lightning.fabric.utilities.cloud_io _load
    lightning.fabric.utilities.load _load_distributed_checkpoint
    lightning.fabric.utilities.spike SpikeDetection._handle_spike SpikeDetection.on_train_batch_end
    lightning.pytorch.accelerators.cuda get_nvidia_gpu_stats
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint._link_checkpoint
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint._save_last_checkpoint
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint.on_exception
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint.on_train_batch_end
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint.on_train_end
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint.on_train_epoch_end
    lightning.pytorch.callbacks.model_checkpoint ModelCheckpoint.on_validation_end
    lightning.pytorch.callbacks.spike SpikeDetection.on_train_batch_end
    lightning.pytorch.core.datamodule LightningDataModule.load_from_checkpoint
    lightning.pytorch.core.module LightningModule.load_from_checkpoint
    lightning.pytorch.core.saving _load_from_checkpoint _load_state
    lightning.pytorch.demos.lstm LightningLSTM.prepare_data LightningLSTM.train_dataloader
    lightning.pytorch.demos.mnist_datamodule _MNIST._download _MNIST._try_load _MNIST.prepare_data
    lightning.pytorch.demos.transformer LightningTransformer.prepare_data
    lightning.pytorch.demos.transformer LightningTransformer.train_dataloader WikiText2.download tokenize
    lightning.pytorch.loggers.mlflow MLFlowLogger._scan_and_log_checkpoints
    lightning.pytorch.loggers.mlflow MLFlowLogger.after_save_checkpoint MLFlowLogger.finalize
    lightning.pytorch.serve.servable_module_validator ServableModuleValidator.on_train_start
    lightning.pytorch.strategies.deepspeed DeepSpeedStrategy._load_config
    lightning.pytorch.strategies.fsdp FSDPStrategy.load_checkpoint FSDPStrategy.save_checkpoint
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher._collect_rank_zero_results
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher._recover_results_in_main_process
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher._wrapping_function
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher.kill
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher.launch
    lightning.pytorch.strategies.launchers.multiprocessing _MultiProcessingLauncher.update_main_process_results
    lightning.pytorch.strategies.launchers.subprocess_script _SubprocessScriptLauncher._call_children_scripts
    lightning.pytorch.strategies.launchers.subprocess_script _SubprocessScriptLauncher.launch
    lightning.pytorch.strategies.model_parallel ModelParallelStrategy.load_checkpoint
    lightning.pytorch.strategies.model_parallel ModelParallelStrategy.save_checkpoint
    lightning.pytorch.strategies.xla XLAStrategy.broadcast
    lightning.pytorch.trainer.connectors.checkpoint_connector _CheckpointConnector._parse_ckpt_path
    lightning.pytorch.trainer.connectors.checkpoint_connector _CheckpointConnector._select_ckpt_path
    lightning.pytorch.trainer.connectors.signal_connector _SignalConnector._slurm_sigusr_handler_fn
    lightning.pytorch.utilities.deepspeed convert_zero_checkpoint_to_fp32_state_dict ds_checkpoint_dir
    lightning.pytorch.utilities.imports _try_import_module
    lightning.pytorch.utilities.model_registry find_model_local_ckpt_path
    lightning.pytorch.utilities.upgrade_checkpoint _upgrade main
    logging FileHandler._open FileHandler.emit basicConfig critical debug error exception info log warn
    logging warning
    lzma open
    matplotlib _check_versions _get_config_or_cache_dir _get_executable_info _open_file_or_url
    matplotlib _rc_params_in_file get_cachedir get_configdir matplotlib_fname rc_params_from_file
    matplotlib._enums CapStyle.demo JoinStyle.demo
    matplotlib._internal_utils graphviz_dump_transform
    matplotlib._type1font Type1Font.transform Type1Font.with_encoding
    matplotlib.backend_bases FigureCanvasBase._switch_canvas_and_return_print_method
    matplotlib.backend_bases FigureCanvasBase.print_figure get_registered_canvas_class
    matplotlib.cbook _check_and_log_subprocess get_sample_data open_file_cm to_filehandle
    matplotlib.image thumbnail
    matplotlib.textpath TextToPath.get_glyphs_tex TextToPath.get_text_path
    mimetypes MimeTypes._read_windows_registry MimeTypes.read MimeTypes.read_windows_registry _main add_type
    mimetypes guess_all_extensions guess_extension guess_file_type guess_type init read_mime_types
    networkx.drawing.nx_agraph view_pygraphviz
    networkx.generators.atlas _generate_graphs graph_atlas graph_atlas_g
    networkx.lazy_imports attach
    networkx.utils.decorators argmap.compile
    nltk decorator open_package_resource
    nltk.ccg.logic barendregt_normalize
    nltk.chunk.named_entity Maxent_NE_Chunker.save_dir Maxent_NE_Chunker.save_params load_ace_data
    nltk.chunk.named_entity load_ace_file shape
    nltk.chunk.regexp ChunkString._verify ChunkString.to_chunkstruct ChunkString.xform
    nltk.chunk.regexp RegexpChunkRule.fromstring tag_pattern2re_pattern
    nltk.chunk.util _ieer_read_text
    nltk.classify.maxent MaxentClassifier.train TadmMaxentClassifier.train save_maxent_params
    nltk.classify.maxent train_maxent_classifier_with_megam
    nltk.classify.megam call_megam
    nltk.classify.rte_classify rte_classifier
    nltk.classify.senna Senna.tag Senna.tag_sents
    nltk.classify.tadm call_tadm
    nltk.classify.textcat TextCat.remove_punctuation
    nltk.classify.weka ARFF_Formatter._sanitize_arff_label ARFF_Formatter.write
    nltk.classify.weka WekaClassifier._classify_many WekaClassifier.classify_many
    nltk.classify.weka WekaClassifier.parse_weka_distribution WekaClassifier.parse_weka_output
    nltk.classify.weka WekaClassifier.prob_classify_many WekaClassifier.train make_classifier
    nltk.corpus.reader.bnc BNCCorpusReader._words
    nltk.corpus.reader.bracket_parse AlpinoCorpusReader._normalize BracketParseCorpusReader._normalize
    nltk.corpus.reader.childes CHILDESCorpusReader._get_age CHILDESCorpusReader._get_corpus
    nltk.corpus.reader.childes CHILDESCorpusReader._get_participants CHILDESCorpusReader._get_words
    nltk.corpus.reader.childes CHILDESCorpusReader.convert_age CHILDESCorpusReader.webview_file
    nltk.corpus.reader.comparative_sents ComparativeSentencesCorpusReader._read_comparison_block
    nltk.corpus.reader.comparative_sents ComparativeSentencesCorpusReader._read_sent_block
    nltk.corpus.reader.crubadan CrubadanCorpusReader._load_lang_mapping_data
    nltk.corpus.reader.crubadan CrubadanCorpusReader._load_lang_ngrams CrubadanCorpusReader.lang_freq
    nltk.corpus.reader.framenet FramenetCorpusReader._strip_tags
    nltk.corpus.reader.ipipan IPIPANCorpusReader._get_tag IPIPANCorpusReader._list_morph_files_by
    nltk.corpus.reader.ipipan IPIPANCorpusReader._parse_header
    nltk.corpus.reader.knbc KNBCorpusReader._parse KNBCorpusReader._tag KNBCorpusReader._word demo
    nltk.corpus.reader.nkjp XML_Tool.build_preprocessed_file XML_Tool.remove_preprocessed_file
    nltk.corpus.reader.nombank NombankCorpusReader.roleset NombankCorpusReader.rolesets
    nltk.corpus.reader.pl196x Pl196xCorpusReader._init_textids
    nltk.corpus.reader.propbank PropbankCorpusReader.roleset PropbankCorpusReader.rolesets
    nltk.corpus.reader.pros_cons ProsConsCorpusReader._read_sent_block
    nltk.corpus.reader.reviews ReviewsCorpusReader._read_review_block ReviewsCorpusReader._read_word_block
    nltk.corpus.reader.semcor SemcorCorpusReader._words
    nltk.corpus.reader.senseval SensevalCorpusView.read_block _fixXML
    nltk.corpus.reader.sentiwordnet SentiWordNetCorpusReader._parse_src_file
    nltk.corpus.reader.timit TimitCorpusReader.transcription_dict TimitCorpusReader.wav
    nltk.corpus.reader.util StreamBackedCorpusView._open StreamBackedCorpusView.iterate_from
    nltk.corpus.reader.util find_corpus_fileids read_alignedsent_block tagged_treebank_para_block_reader
    nltk.corpus.reader.wordnet WordNetCorpusReader._synset_from_pos_and_line WordNetCorpusReader.get_version
    nltk.corpus.reader.xmldocs XMLCorpusReader.xml XMLCorpusView._detect_encoding
    nltk.corpus.reader.xmldocs XMLCorpusView._read_xml_fragment
    nltk.corpus.reader.ycoe YCOEParseCorpusReader._parse
    nltk.decorators __call__ decorator new_wrapper
    nltk.draw.cfg CFGDemo._init_workspace CFGEditor._parse_productions
    nltk.draw.tree demo
    nltk.draw.util CanvasFrame.print_to_file demo
    nltk.featstruct _rename_variable
    nltk.metrics.distance custom_distance
    nltk.parse.bllip BllipParser.from_unified_model_dir
    nltk.parse.corenlp CoreNLPServer.start try_port
    nltk.parse.dependencygraph DependencyGraph._repr_svg_ DependencyGraph.load demo dot2img malt_demo
    nltk.parse.featurechart run_profile
    nltk.parse.stanford GenericStanfordParser._execute GenericStanfordParser.parse_sents
    nltk.parse.stanford GenericStanfordParser.raw_parse GenericStanfordParser.raw_parse_sents
    nltk.parse.stanford GenericStanfordParser.tagged_parse GenericStanfordParser.tagged_parse_sents
    nltk.parse.transitionparser TransitionParser.parse TransitionParser.train
    nltk.pathsec ZipFile._extract_member ZipFile._write_leaf _SafeHTTPConnection.connect
    nltk.pathsec _SafeHTTPSConnection.connect _ValidatingRedirectHandler.redirect_request _hardened_open
    nltk.pathsec _open_verified _pinned_connection _refusal _reject_bad_name_syntax _reject_tamperable_dir
    nltk.pathsec _reject_unsafe_open _resolve_and_validate_host _resolve_hostname _resolve_trusted
    nltk.pathsec connect_sqlite_read_only connect_sqlite_writable ensure_private_dir make_private_dir open
    nltk.pathsec open_package_resource pin_files remove_tree replace resolve_trusted_executable
    nltk.pathsec spawn_trusted unlink urlopen validate_network_url validate_tool_data_dir validate_tool_dir
    nltk.pathsec validate_tool_path
    nltk.redos _cached_compile _coerce findall finditer fullmatch match reharden search split sub subn
    nltk.sem.boxer Boxer._call Boxer._call_boxer Boxer._call_candc Boxer.interpret Boxer.interpret_multi
    nltk.sem.boxer Boxer.interpret_multi_sents Boxer.interpret_sents BoxerOutputDrsParser.parse_variable
    nltk.sem.chat80 _install_store _open_sqlite_store _pin_store_files _restricted_shelve_open _str2records
    nltk.sem.chat80 cities2table main sql_query val_dump val_load
    nltk.sem.drt_glue_demo DrtGlueDemo._init_canvas
    nltk.sem.glue Glue.train_depparser
    nltk.sem.logic Expression.variables is_eventvar is_funcvar is_indvar
    nltk.sem.relextract conllesp conllned extract_rels in_demo ne_chunked roles_demo
    nltk.sem.util demo read_sents
    nltk.sentiment.sentiment_analyzer SentimentAnalyzer.save_file SentimentAnalyzer.train
    nltk.sentiment.util demo_movie_reviews demo_subjectivity demo_tweets demo_vader_tweets
    nltk.sentiment.util json2csv_preprocess output_markdown parse_tweets_set
    nltk.stem.porter demo
    nltk.stem.snowball demo
    nltk.tag.crf CRFTagger.set_model_file CRFTagger.train
    nltk.tag.perceptron AveragedPerceptron.load AveragedPerceptron.save PerceptronTagger.load_from_json
    nltk.tag.perceptron PerceptronTagger.save_dir PerceptronTagger.save_to_json PerceptronTagger.train
    nltk.tag.perceptron _create_model_file _open_private_model_dir
    nltk.tag.sequential ClassifierBasedPOSTagger.feature_detector
    nltk.tbl.demo _demo_plot _tbl_visit demo demo_error_analysis demo_generated_templates
    nltk.tbl.demo demo_high_accuracy_rules demo_learning_curve demo_multifeature_template
    nltk.tbl.demo demo_multiposition_feature demo_repr_rule_format demo_serialize_tagger
    nltk.tbl.demo demo_str_rule_format demo_template_statistics demo_verbose_rule_format postag
    nltk.text TokenSearcher.findall
    nltk.tokenize.destructive NLTKWordTokenizer.span_tokenize
    nltk.tokenize.punkt PunktSentenceTokenizer.dump PunktTokenizer.load_lang PunktTokenizer.save_dir
    nltk.tokenize.punkt PunktTokenizer.save_params save_punkt_params
    nltk.tokenize.repp ReppTokenizer._execute ReppTokenizer.generate_repp_command ReppTokenizer.tokenize
    nltk.tokenize.repp ReppTokenizer.tokenize_sents
    nltk.tokenize.stanford StanfordTokenizer._execute StanfordTokenizer.tokenize
    nltk.tokenize.stanford_segmenter StanfordSegmenter._execute StanfordSegmenter._sha256sum
    nltk.tokenize.stanford_segmenter StanfordSegmenter._validate_classpath StanfordSegmenter.segment
    nltk.tokenize.stanford_segmenter StanfordSegmenter.segment_file StanfordSegmenter.segment_sents
    nltk.tokenize.stanford_segmenter _validated_options
    nltk.tokenize.texttiling TextTilingTokenizer._divide_to_tokensequences TextTilingTokenizer.tokenize
    nltk.tokenize.treebank TreebankWordTokenizer.span_tokenize
    nltk.toolbox StandardFormat.open StandardFormat.raw_fields _check_writable _reads_as_one_marker
    nltk.toolbox _sfm_line
    nltk.translate.api AlignedSent._repr_svg_
    nltk.translate.chrf_score _preprocess
    nltk.tree.parsing sinica_parse
    nltk.tree.tree Tree.fromstring Tree.pformat_latex_forest Tree.pformat_latex_qtree
    nltk.twitter.common _outf_writer json2csv json2csv_entities outf_writer_compat
    nltk.twitter.twitterclient TweetWriter._restart_file TweetWriter.do_continue TweetWriter.handle
    nltk.twitter.twitterclient TweetWriter.timestamped_file Twitter.tweets
    nltk.twitter.util Authenticate.load_creds add_access_token
    nltk.util filestring
    nltk.xmlsec parse safe_element_name
    numba cfunc gdb gdb_init
    numba.cext get_extension_libs
    numba.cloudpickle.cloudpickle subimport
    numba.experimental.jitclass.base JitClassType._set_init
    numba.experimental.jitclass.boxing _box_class_instance _generate_method _generate_property
    numba.experimental.jitclass.boxing _specialize_box
    numba.experimental.jitclass.overloads class_bool class_complex class_contains class_float class_int
    numba.experimental.jitclass.overloads class_ne class_str extract_template register_reflected_overload
    numba.experimental.jitclass.overloads register_simple_overload try_call_complex_method try_call_method
    numba.experimental.structref define_constructor define_proxy
    numba.misc.findlib find_file find_lib
    numba.misc.firstlinefinder get_func_body_first_lineno
    numba.misc.gdb_hook _confirm_gdb hook_gdb hook_gdb_init
    numba.misc.help.inspector list_modules_in_package main write_listings
    numba.misc.inspection disassemble_elf_to_cfg
    numba.misc.numba_entry main
    numba.misc.numba_gdbinfo _GDBTestWrapper._run_cmd _GDBTestWrapper.check_launch
    numba.misc.numba_gdbinfo _GDBTestWrapper.check_numpy _GDBTestWrapper.check_numpy_version
    numba.misc.numba_gdbinfo _GDBTestWrapper.check_python
    numba.misc.numba_sysinfo display_sysinfo get_os_spec_info get_sysinfo
    numba.misc.special _gdb_python_call_gen gdb gdb_init
    numba.np.arrayobj generate_getitem_setitem_with_axis numpy_take
    numba.np.ufunc.array_exprs _lower_array_expr
    numba.np.ufunc.dufunc DUFunc._install_ufunc_methods DUFunc._install_ufunc_reduceat DUFunc.add
    numba.np.ufunc.parallel ParallelGUFuncBuilder.build ParallelUFuncBuilder.build
    numba.np.ufunc.parallel _check_tbb_version_compatible _iget_num_threads _launch_threads get_num_threads
    numba.np.ufunc.parallel get_parallel_chunksize get_thread_id ol_get_num_threads
    numba.np.ufunc.parallel ol_get_parallel_chunksize ol_get_thread_id ol_set_num_threads
    numba.np.ufunc.parallel ol_set_parallel_chunksize set_num_threads set_parallel_chunksize
    numba.np.ufunc.ufuncbuilder UFuncDispatcher._compile_core _compile_element_wise_function
    numba.parfors.parfor_lowering _create_gufunc_for_parfor_body _lower_parfor_parallel
    numba.parfors.parfor_lowering _lower_parfor_parallel_std call_parallel_gufunc
    numba.stencils.stencil StencilFunc.__call__ StencilFunc._stencil_wrapper StencilFunc._type_me
    numba.stencils.stencil StencilFunc.compile_for_argtys
    numba.stencils.stencilparfor StencilPass._add_index_offsets StencilPass._add_offset_to_slice
    numba.stencils.stencilparfor StencilPass._replace_stencil_accesses _get_const_binary_expr
    numba.stencils.stencilparfor _get_const_unary_expr
    numpy fromregex genfromtxt info load save savetxt savez savez_compressed
    numpy._core._add_newdocs _array_method_doc
    numpy._core._add_newdocs_scalars add_newdoc_for_scalar_type
    numpy._core._methods _dump
    numpy._core.function_base add_newdoc
    numpy._core.records array fromfile
    numpy.lib._npyio_impl _read _savez fromregex genfromtxt load save savetxt savez savez_compressed
    numpy.lib._npyio_impl zipfile_factory
    numpy.lib._utils_impl _makenamedict info
    numpy.ma.mrecords fromtextfile openfile
    numpy.random._examples.cffi.parse parse_distributions_h
    omegaconf._utils _get_class _resolve_forward extract_dict_subclass_data get_attr_data get_dataclass_data
    omegaconf.basecontainer BaseContainer.merge_with_cli BaseContainer.merge_with_dotlist
    omegaconf.omegaconf OmegaConf._create_impl OmegaConf.load OmegaConf.save
    omegaconf.vendor.antlr4.FileStream FileStream.readDataFrom
    omegaconf.vendor.antlr4._pygrun main
    onnx _load_bytes _save_bytes load_model load_tensor save_model save_tensor
    onnx.backend.sample.ops _recursive_scan collect_sample_implementations
    onnx.defs.gen_doc main
    onnx.fuzz.make_seed_corpus _write_zip main
    onnx.gen_proto convert gen_proto3_code main
    onnx.model_container ModelContainer._save_external ModelContainer.load ModelContainer.save
    onnx.utils _extract_model_safe
    optparse Values.read_file Values.read_module
    optuna._imports _LazyImport._load
    optuna.artifacts._download download_artifact
    optuna.artifacts._filesystem FileSystemArtifactStore.open_reader FileSystemArtifactStore.remove
    optuna.artifacts._filesystem FileSystemArtifactStore.write
    optuna.artifacts._upload upload_artifact
    optuna.integration _IntegrationModule._get_module
    optuna.samplers._cmaes CmaEsSampler._restore_optimizer CmaEsSampler.sample_relative
    optuna.storages.journal._file JournalFileBackend.append_logs JournalFileBackend.read_logs
    optuna.storages.journal._file JournalFileOpenLock.acquire JournalFileOpenLock.release
    optuna.storages.journal._file JournalFileSymlinkLock.acquire JournalFileSymlinkLock.release
    optuna.storages.journal._storage JournalStorage.restore_replay_result
    pandas show_versions
    pandas._config.localization _get_locales get_locales
    pandas.compat._cpu _read_sysfs_int _read_sysfs_str
    pandas.compat._optional import_optional_dependency
    pandas.core.config_init register_plotting_backend_cb
    pandas.core.frame DataFrame.to_feather DataFrame.to_markdown DataFrame.to_orc
    pandas.core.generic NDFrame.to_pickle
    pandas.core.series Series.to_string
    pandas.plotting._core PlotAccessor.__call__ _get_plot_backend _load_backend boxplot_frame
    pandas.plotting._core boxplot_frame_groupby hist_frame hist_series
    pathlib Path._scandir Path.chmod Path.hardlink_to Path.iterdir Path.lchmod Path.mkdir Path.open
    pathlib Path.read_bytes Path.read_text Path.rename Path.replace Path.rmdir Path.symlink_to Path.touch
    pathlib Path.unlink Path.write_bytes Path.write_text _NormalAccessor.symlink _NormalAccessor.touch
    pathlib._local Path.chmod Path.hardlink_to Path.iterdir Path.mkdir Path.open Path.rename Path.replace
    pathlib._local Path.rmdir Path.symlink_to Path.touch Path.unlink Path.walk
    plistlib _maybe_open readPlist writePlist
    pyarrow _has_pkg_config _module_is_available _read_pkg_config_variable create_library_symlinks
    pyarrow get_library_dirs show_info
    pyarrow.util _download_requests _download_urllib download_tzdata_on_windows find_free_port
    quopri main
    scipy._lib._array_api_docs_tables make_flat_capabilities_table
    scipy._lib._bunch _make_tuple_bunch
    scipy._lib._tmpdirs in_dir in_tempdir tempdir
    scipy._lib._uarray._backend pickle_function
    scipy._lib.array_api_compat._internal clone_module
    scipy._lib.deprecation _sub_module_deprecation
    scipy._lib.pyprima.cobyla.cobyla cobyla
    scipy._lib.pyprima.cobyla.cobylb cobylb
    scipy._lib.pyprima.cobyla.initialize initxfc
    scipy._lib.pyprima.common.message cpenmsg fmsg retmsg rhomsg
    scipy.ndimage._support_alternative_backends delegate_xp
    scipy.optimize._nonlin _nonlin_wrapper
    scipy.optimize._optimize show_options
    scipy.signal._support_alternative_backends delegate_xp
    scipy.sparse._matrix_io load_npz
    scipy.special._precompute.expn_asy main
    scipy.special._precompute.gammainc_asy main
    scipy.special._precompute.hyp2f1_data main
    scipy.stats._distn_infrastructure rv_generic._attach_argparser_methods
    sentence_transformers.backend.load load_onnx_model load_openvino_model
    sentence_transformers.backend.optimize export_optimized_onnx_model
    sentence_transformers.backend.quantize export_dynamic_quantized_onnx_model
    sentence_transformers.backend.quantize export_static_quantized_openvino_model
    sentence_transformers.backend.utils _save_pretrained_wrapper save_or_push_to_hub_model
    sentence_transformers.base.model BaseModel._create_model_card BaseModel._get_model_type
    sentence_transformers.base.model BaseModel._load_config_modules BaseModel._load_modules
    sentence_transformers.base.model BaseModel._multi_process_worker BaseModel._report_worker_failure
    sentence_transformers.base.model BaseModel.evaluate BaseModel.push_to_hub BaseModel.save
    sentence_transformers.base.model BaseModel.save_pretrained BaseModel.save_to_hub
    sentence_transformers.base.model_card BaseModelCardData._format_and_save_example
    sentence_transformers.base.model_card BaseModelCardData._render_examples_table
    sentence_transformers.base.model_card BaseModelCardData._save_asset
    sentence_transformers.base.model_card BaseModelCardData.save_usage_example_assets
    sentence_transformers.base.model_card BaseModelCardData.to_dict BaseModelCardData.to_yaml
    sentence_transformers.base.modules.module Module.load Module.load_config Module.load_torch_weights
    sentence_transformers.base.modules.module Module.save_config
    sentence_transformers.base.modules.router Router.save
    sentence_transformers.base.modules.transformer Transformer._load_encoder_only_model
    sentence_transformers.base.modules.transformer Transformer._load_model
    sentence_transformers.base.trainer BaseTrainer._checkpoint_push_skip_names
    sentence_transformers.base.trainer BaseTrainer._push_from_checkpoint BaseTrainer._save
    sentence_transformers.base.trainer BaseTrainer.evaluation_loop
    sentence_transformers.cross_encoder.evaluation.classification CrossEncoderClassificationEvaluator.__call__
    sentence_transformers.cross_encoder.evaluation.correlation CrossEncoderCorrelationEvaluator.__call__
    sentence_transformers.cross_encoder.evaluation.nano_beir CrossEncoderNanoBEIREvaluator.__call__
    sentence_transformers.cross_encoder.evaluation.reranking CrossEncoderRerankingEvaluator.__call__
    sentence_transformers.cross_encoder.fit_mixin FitMixin.fit FitMixin.old_fit
    sentence_transformers.multi_vector_encoder.evaluation.distillation MultiVectorDistillationEvaluator.__call__
    sentence_transformers.multi_vector_encoder.model MultiVectorEncoder._get_model_type
    sentence_transformers.multi_vector_encoder.model MultiVectorEncoder._get_module_init_defaults
    sentence_transformers.multi_vector_encoder.model MultiVectorEncoder._load_default_modules
    sentence_transformers.multi_vector_encoder.model MultiVectorEncoder._maybe_load_stanford_metadata
    sentence_transformers.sentence_transformer.datasets.parallel_sentences ParallelSentencesDataset.load_data
    sentence_transformers.sentence_transformer.evaluation.binary_classification BinaryClassificationEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.embedding_similarity EmbeddingSimilarityEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.information_retrieval InformationRetrievalEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.information_retrieval InformationRetrievalEvaluator.compute_all_metrics
    sentence_transformers.sentence_transformer.evaluation.label_accuracy LabelAccuracyEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.mse MSEEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.mse_from_dataframe MSEEvaluatorFromDataFrame.__call__
    sentence_transformers.sentence_transformer.evaluation.nano_beir NanoBEIREvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.paraphrase_mining ParaphraseMiningEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.reranking RerankingEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.translation TranslationEvaluator.__call__
    sentence_transformers.sentence_transformer.evaluation.triplet TripletEvaluator.__call__
    sentence_transformers.sentence_transformer.fit_mixin FitMixin._eval_during_training
    sentence_transformers.sentence_transformer.fit_mixin FitMixin._save_checkpoint FitMixin.fit
    sentence_transformers.sentence_transformer.fit_mixin FitMixin.old_fit
    sentence_transformers.sentence_transformer.modules.tokenizer.phrase PhraseTokenizer.load
    sentence_transformers.sentence_transformer.modules.tokenizer.phrase PhraseTokenizer.save
    sentence_transformers.sentence_transformer.modules.tokenizer.whitespace WhitespaceTokenizer.load
    sentence_transformers.sentence_transformer.modules.tokenizer.whitespace WhitespaceTokenizer.save
    sentence_transformers.sentence_transformer.modules.word_embeddings WordEmbeddings.from_text_file
    sentence_transformers.sentence_transformer.readers.label_sentence LabelSentenceReader.get_examples
    sentence_transformers.sentence_transformer.readers.nli_data NLIDataReader.get_examples
    sentence_transformers.sentence_transformer.readers.paired_files PairedFilesReader.get_examples
    sentence_transformers.sentence_transformer.readers.sts_data STSDataReader.get_examples
    sentence_transformers.sentence_transformer.readers.triplet TripletReader.get_examples
    sentence_transformers.sparse_encoder.evaluation.reciprocal_rank_fusion ReciprocalRankFusionEvaluator.__call__
    sentence_transformers.sparse_encoder.modules.sparse_static_embedding SparseStaticEmbedding.from_json
    sentence_transformers.sparse_encoder.modules.sparse_static_embedding SparseStaticEmbedding.load
    shlex shlex.get_token shlex.sourcehook
    sklearn.__check_build raise_build_error
    sklearn.externals.array_api_compat._internal clone_module
    sklearn.feature_extraction.text _VectorizerMixin.decode
    sklearn.tree._export export_graphviz
    sklearn.utils._repr_html.estimator estimator_html_repr
    sklearn.utils._set_output check_library_installed
    sklearn.utils.discovery all_displays all_estimators all_functions
    sklearn.utils.estimator_checks _check_array_api_core check_array_api_input check_array_api_mixed_inputs
    sklearn.utils.estimator_checks check_array_api_same_namespace check_classifiers_train check_clustering
    sklearn.utils.estimator_checks check_estimators_pickle check_outliers_train check_readonly_memmap_input
    sklearn.utils.estimator_checks check_regressors_train check_sparsify_coefficients
    sklearn.utils.estimator_checks check_transformer_general
    spacy blank info load
    spacy.displacy serve
    spacy.lang.el.get_pos_from_wiktionary get_pos_from_wiktionary
    spacy.lang.zh ChineseTokenizer.from_bytes ChineseTokenizer.to_bytes
    spacy.language Language._multiprocessing_pipe Language.evaluate Language.from_config Language.pipe
    spacy.pipeline.edit_tree_lemmatizer EditTreeLemmatizer.from_disk
    spacy.training.callbacks create_copy_from_base_model
    spacy.training.converters.conll_ner_to_docs conll_ner_to_docs segment_sents_and_docs
    spacy.training.converters.json_to_docs json_to_docs
    spacy.training.corpus PlainTextCorpus.__call__
    spacy.training.initialize convert_vectors ensure_shape init_nlp load_vectors_into_model open_file
    spacy.training.initialize read_vectors
    spacy.training.loggers console_logger console_logger_v3
    spacy.training.loop clean_output_dir train
    spacy.training.pretrain pretrain
    spacy.util _is_port_in_use find_available_port get_lang_class get_package_path import_file load_model
    spacy.util load_model_from_config load_model_from_package load_model_from_path make_tempdir run_command
    spacy.util working_dir
    statsmodels.iolib.openfile _open
    statsmodels.tsa.x13 _check_x12 _find_x12 run_spec x13_arima_analysis x13_arima_select_order
    sympy lazy_function
    sympy.algebras.quaternion Quaternion.add Quaternion.set_norm
    sympy.assumptions.assume UndefinedPredicate.eval
    sympy.calculus.euler euler_equations
    sympy.calculus.singularities is_monotonic monotonicity_helper
    sympy.concrete.expr_with_limits _common_new _process_limits
    sympy.concrete.guess guess_generating_function rationalize
    sympy.core.assumptions assumptions check_assumptions common_assumptions failing_assumptions
    sympy.core.basic Basic.match Basic.matches Basic.subs
    sympy.core.cache lazy_function
    sympy.core.decorators _SympifyWrapper.make_wrapped
    sympy.core.evalf as_mpmath evalf_sum evalf_symbol hypsum
    sympy.core.expr Expr.as_leading_term Expr.coeff Expr.equals Expr.expand Expr.extract_additively
    sympy.core.expr Expr.extract_multiplicatively Expr.is_meromorphic Expr.series Expr.taylor_term
    sympy.core.exprtools Factors.gcd factor_nc factor_terms gcd_terms
    sympy.core.function count_ops expand expand_complex expand_func expand_log expand_mul expand_multinomial
    sympy.core.function expand_power_base expand_power_exp expand_trig nfloat
    sympy.core.intfunc mod_inverse
    sympy.core.mul Mul._eval_nseries Mul._eval_power Mul.matches
    sympy.core.numbers comp
    sympy.core.operations AssocOp.make_args LatticeOp.make_args
    sympy.core.power Pow._eval_nseries Pow.taylor_term
    sympy.core.random verify_numerically
    sympy.core.sorting default_sort_key
    sympy.core.traversal use
    sympy.functions.elementary.exponential exp.taylor_term log.eval log.taylor_term
    sympy.functions.elementary.trigonometric acos.taylor_term acot.taylor_term acsc.taylor_term
    sympy.functions.elementary.trigonometric asec.taylor_term asin.taylor_term atan.taylor_term
    sympy.functions.elementary.trigonometric cos.taylor_term cot.taylor_term csc.taylor_term sec.taylor_term
    sympy.functions.elementary.trigonometric sin.taylor_term tan.taylor_term
    sympy.functions.special.bessel airyai.taylor_term airybi.taylor_term
    sympy.functions.special.error_functions erf.taylor_term erfc.taylor_term erfi.taylor_term
    sympy.functions.special.error_functions fresnelc.taylor_term fresnels.taylor_term
    sympy.functions.special.zeta_functions stieltjes.eval
    sympy.holonomic.holonomic _normalize expr_to_holonomic
    sympy.holonomic.numerical _euler _evalf _rk4
    sympy.integrals.integrals Integral.as_sum Integral.transform line_integrate
    sympy.integrals.meijerint meijerint_definite meijerint_indefinite
    sympy.logic.algorithms.lra_theory _sep_const_coeff
    sympy.logic.boolalg _is_form is_anf is_nnf simplify_logic to_anf to_cnf to_dnf truth_table
    sympy.logic.inference pl_true
    sympy.matrices.common MatrixArithmetic.pow
    sympy.matrices.dense _force_mutable rot_givens wronskian
    sympy.matrices.matrixbase MatrixBase.pow
    sympy.ntheory.primetest is_gaussian_prime
    sympy.physics.continuum_mechanics.arch Arch.apply_load
    sympy.physics.continuum_mechanics.beam Beam._draw_load Beam.apply_load Beam.apply_rotation_hinge
    sympy.physics.continuum_mechanics.beam Beam.apply_sliding_hinge Beam.apply_support Beam.area Beam.draw
    sympy.physics.continuum_mechanics.beam Beam.elastic_modulus Beam.length Beam.remove_load
    sympy.physics.continuum_mechanics.beam Beam.second_moment Beam3D.apply_load Beam3D.apply_moment_load
    sympy.physics.continuum_mechanics.beam Beam3D.area Beam3D.second_moment Beam3D.shear_modulus
    sympy.physics.continuum_mechanics.cable Cable.apply_load Cable.change_support Cable.solve
    sympy.physics.continuum_mechanics.truss Truss.add_node Truss.apply_load Truss.remove_load
    sympy.physics.optics.gaussopt conjugate_gauss_beams
    sympy.physics.optics.utils hyperfocal_distance lens_formula lens_makers_formula mirror_formula
    sympy.physics.optics.utils refractive_index_of_medium transverse_magnification
    sympy.physics.quantum.circuitutils _sympify_qubit_map
    sympy.physics.quantum.grover OracleGate.targets WGate.targets
    sympy.physics.quantum.hilbert TensorPowerHilbertSpace.eval
    sympy.physics.quantum.qapply qapply_Mul
    sympy.physics.quantum.qasm read_qasm_file
    sympy.physics.quantum.spin Rotation._represent_base SpinState._represent_base _couple m_values
    sympy.physics.quantum.trace _is_scalar
    sympy.physics.secondquant FixedBosonicBasis._build_particle_locations
    sympy.physics.units.dimensions Dimension._eval_power _QuantityMapper.set_quantity_dimension
    sympy.physics.units.dimensions _QuantityMapper.set_quantity_scale_factor
    sympy.physics.units.quantities Quantity.set_global_relative_scale_factor
    sympy.physics.units.util convert_to
    sympy.physics.wigner clebsch_gordan dot_rot_grad_Ynm
    sympy.polys.distributedmodules sdm_from_vector
    sympy.polys.fields FracField.from_expr
    sympy.polys.monomials MonomialOps._build MonomialOps.div MonomialOps.gcd MonomialOps.lcm
    sympy.polys.monomials MonomialOps.ldiv MonomialOps.mul MonomialOps.mulpow MonomialOps.pow
    sympy.polys.numberfields.galois_resolvents generate_lambda_lookup sparse_symmetrize_resolvent_coeffs
    sympy.polys.numberfields.galoisgroups _galois_group_degree_4_root_approx _galois_group_degree_5_hybrid
    sympy.polys.numberfields.minpoly _minimal_polynomial_sq _minpoly_cos _minpoly_exp _minpoly_pow
    sympy.polys.numberfields.minpoly _minpoly_sin minimal_polynomial
    sympy.polys.numberfields.subfield field_isomorphism primitive_element to_number_field
    sympy.polys.numberfields.utilities isolate
    sympy.polys.polyconfig configure
    sympy.polys.polyoptions Modulus.preprocess
    sympy.polys.polyroots roots
    sympy.polys.polytools Poly._gen_to_level Poly._unify Poly.add Poly.count_roots Poly.eq Poly.mul
    sympy.polys.polytools Poly.nth_power_roots_poly Poly.sub PurePoly._unify _generic_factor
    sympy.polys.polytools _generic_factor_list _parallel_poly_from_expr _poly_from_expr cancel degree factor
    sympy.polys.polytools gcd_list lcm_list poly terms_gcd total_degree trunc
    sympy.polys.ring_series _rs_series rs_min_pow rs_series
    sympy.polys.rings PolyRing._rebuild_expr
    sympy.printing.gtk print_gtk
    sympy.printing.mathml MathMLContentPrinter._print_Derivative print_mathml
    sympy.series.aseries aseries
    sympy.series.formal FormalPowerSeries.compose FormalPowerSeries.product compute_fps fps
    sympy.series.fourier FiniteFourierSeries.scale FiniteFourierSeries.scalex FiniteFourierSeries.shiftx
    sympy.series.fourier FourierSeries.scale FourierSeries.scalex FourierSeries.shift FourierSeries.shiftx
    sympy.series.fourier _process_limits fourier_series
    sympy.series.limitseq difference_delta
    sympy.series.residues residue
    sympy.series.sequences SeqFormula.coeff_mul SeqPer.coeff_mul sequence
    sympy.series.series series
    sympy.sets.handlers.union _
    sympy.sets.sets FiniteSet._complement Interval.as_relational Set.contains
    sympy.simplify.fu fu
    sympy.solvers.ode.ode classify_ode homogeneous_order
    sympy.solvers.recurr rsolve_hyper rsolve_poly rsolve_ratio
    sympy.solvers.solvers _invert checksol nsolve solve
    sympy.solvers.solveset _invert domain_check linear_eq_to_matrix linsolve solveset
    sympy.stats.crv SingleContinuousPSpace.domain
    sympy.stats.frv FiniteDensity.__call__ FinitePSpace.prob_of FinitePSpace.probability
    sympy.stats.frv_types BinomialDistribution.pmf DieDistribution.pmf IdealSolitonDistribution.pmf
    sympy.stats.frv_types RobustSolitonDistribution.pmf
    sympy.stats.rv pspace sample sample_iter sample_iter_lambdify sample_iter_subs sampling_E sampling_P
    sympy.stats.rv sampling_density
    sympy.stats.sampling.sample_scipy _
    sympy.stats.stochastic_process_types ContinuousTimeStochasticProcess.__call__ DiscreteMarkovChain.sample
    sympy.stats.stochastic_process_types _state_converter
    sympy.tensor.toperators PartialDerivative._expand_partial_derivative
    tensorflow load_library load_op_library
    tensorflow.compiler.mlir.quantization.tensorflow.python.quantize_model _save_representative_dataset
    tensorflow.compiler.mlir.quantization.tensorflow.python.quantize_model _static_range_quantize quantize
    tensorflow.lite.python.lite TFLiteConverterBase._assign_stablehlo_quantization_config_or_populate_default
    tensorflow.lite.python.lite TFLiteConverterBase._get_base_converter_args
    tensorflow.lite.python.lite TFLiteConverterBase._save_conversion_params_metric
    tensorflow.lite.python.lite TFLiteFrozenGraphConverterV2._convert_as_saved_model
    tensorflow.lite.python.lite TFLiteFrozenGraphConverterV2.convert
    tensorflow.lite.python.lite TFLiteKerasModelConverter._convert_as_saved_model
    tensorflow.lite.python.lite TFLiteKerasModelConverter.convert
    tensorflow.lite.python.lite TFLiteKerasModelConverterV2._convert_as_saved_model
    tensorflow.lite.python.lite TFLiteKerasModelConverterV2.convert
    tensorflow.lite.python.tflite_convert run_main
    tensorflow.lite.toco.logging.gen_html gen_conversion_log_html
    tensorflow.lite.tools.flatbuffer_utils xxd_output_to_bytes xxd_output_to_object
    tensorflow.lite.tools.visualize create_html main
    tensorflow.python.compiler.tensorrt.trt_convert TrtGraphConverterV2.convert TrtGraphConverterV2.save
    tensorflow.python.compiler.tensorrt.utils draw_graphdef_as_graphviz
    tensorflow.python.data.experimental.kernel_tests.service.multi_process_cluster test_main
    tensorflow.python.data.experimental.ops.readers make_csv_dataset_v1 make_csv_dataset_v2
    tensorflow.python.keras.callbacks ModelCheckpoint._get_most_recently_modified_file_matching_pattern
    tensorflow.python.keras.callbacks ModelCheckpoint.on_train_begin RemoteMonitor.on_epoch_end
    tensorflow.python.keras.layers.core Lambda._parse_function_from_config Lambda.from_config
    tensorflow.python.keras.layers.legacy_rnn.rnn_cell_wrapper_impl DropoutWrapperBase.from_config
    tensorflow.python.keras.layers.legacy_rnn.rnn_cell_wrapper_impl ResidualWrapperBase.from_config
    tensorflow.python.keras.layers.legacy_rnn.rnn_cell_wrapper_impl _parse_config_to_function
    tensorflow.python.keras.utils.generic_utils LazyLoader._load func_load
    tensorflow.python.platform.resource_loader load_resource
    tensorflow.python.tpu.client.client Client.configure_tpu_version Client.runtime_version
    tensorflow.python.tpu.client.client _request_compute_metadata
    tensorflow.python.tpu.preempted_hook _TPUPollingThread.run
    tensorflow.python.util.lazy_loader LazyLoader._load
    tensorflow.python.util.module_wrapper TFModuleWrapper._getattr TFModuleWrapper._getattribute
    tensorflow.python.util.module_wrapper TFModuleWrapper._tfmw_import_module
    tensorflow.tools.compatibility.ast_edits ASTCodeUpgrader.process_file ASTCodeUpgrader.process_tree
    tensorflow.tools.compatibility.ast_edits ASTCodeUpgrader.process_tree_inplace
    tensorflow.tools.compatibility.tf_upgrade_v2_main main process_file
    tokenize main open
    torch _import_dotted_name _load_dll_libraries _load_global_deps _preload_cuda_deps _preload_cuda_lib
    torch compile load lookup_backend save set_default_tensor_type
    torch._guards ChainedSource.get_value Source.get_value
    torch._native get_user_ordering_fn
    torch._native.aot_manifest _load_coverage covers get_coverage
    torch._native.ops.linear_cross_entropy.cutedsl_impl register_linear_cross_entropy_overrides
    torch._native.registry _register_overrides_from_graph
    torch._ops _Ops.import_module _Ops.load_library
    torch._precompile _MakeFxCapture.__call__ _MakeFxCapture._write _MakeFxCapture.save
    torch._precompile _make_inlined_forward _read_artifact _runnable_from_pair _unlink_quietly
    torch._precompile _write_artifact load
    torch._precompile_driver _build_multigraph_forward
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._get_results
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._run_async
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._start_strobelight
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._stop_run
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._stop_strobelight_no_throw
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._wait_for_running
    torch._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler.profile
    torch._strobelight.compile_time_profiler StrobelightCompileTimeProfiler._cls_init get_fburl
    torch._strobelight.compile_time_profiler get_strobelight_url
    torch._utils _augment_memory_snapshot_stack_traces _import_dotted_name _type
    torch.accelerator.memory _snapshot
    torch.autograd.profiler _parse_nvprof_trace load_nvprof parse_nvprof_trace profile.export_chrome_trace
    torch.autograd.profiler_util EventList.export_chrome_trace EventList.export_stacks
    torch.backends.xeon.run_cpu _Launcher.is_numactl_available _Launcher.launch main
    torch.compiler compile
    torch.cuda _device_count_nvml _get_nvml_device_index _get_pynvml_handler _raw_device_count_nvml
    torch.cuda _raw_device_uuid_nvml device_count device_memory_used memory_usage utilization
    torch.cuda._graph_annotations _cupti_version dump_kernel_py_stacks source_node_ids_available
    torch.cuda._utils _CudaKernel.__call__ _CudaKernel.set_shared_memory_config _check_cuda
    torch.cuda._utils _cuda_load_module _get_cuda_library _get_gpu_rtc_library _get_gpu_runtime_library
    torch.cuda._utils _get_hip_runtime_library _get_hiprtc_library _get_nvrtc_library _nvrtc_compile
    torch.cuda.graphs CUDAGraph.get_graph_data _resolve_host_fn_name export_graph_data
    torch.cuda.green_contexts SMPartition.split _ensure_cuda_version _get_driver_version
    torch.cuda.green_contexts _get_locality_domain_count _is_locality_software_supported
    torch.cuda.green_contexts _is_localization_supported_nvml get_num_locality_domains
    torch.cuda.green_contexts is_localization_supported
    torch.cuda.memory _dump_snapshot _save_memory_usage _save_segment_usage _snapshot list_gpu_processes
    torch.cuda.tunable _gather_tunableop_results _gather_unique_untuned_gemm_from_files
    torch.cuda.tunable mgpu_tune_gemm_in_file tune_gemm_in_file
    torch.distributed._local_tensor LocalTensorMode._patch_random_functions
    torch.distributed._local_tensor LocalTensorMode._unpatch_random_functions LocalTensorMode.disable
    torch.distributed._local_tensor LocalTensorMode.disable_ LocalTensorMode.enable_
    torch.distributed._symmetric_memory._nvshmem_triton NvshmemLibFinder.find_device_library
    torch.distributed._symmetric_memory._nvshmem_triton _log_triton_kernel
    torch.distributed._token_switch _import_nccl_ep _prepare_nccl4py
    torch.distributed._tools.memory_tracker MemoryTracker.load MemoryTracker.save_stats
    torch.distributed._tools.memory_tracker MemoryTracker.show_traces
    torch.distributed._tools.sac_estimator SACEstimator._get_sac_tradeoff_pwlf_stats
    torch.distributed._tools.sac_estimator SACEstimator.pwlf_sac_tradeoff_curve
    torch.distributed._transport._api Transport._cuda_stream
    torch.distributed._transport._cuda_stream _CudaStreamOrdering.enqueue _driver _fatal
    torch.distributed._watchdog _Watchdog._fire_callback _Watchdog._handle_stuck_loop
    torch.distributed._watchdog _Watchdog._health_watchdog_loop _Watchdog._poll_monitors
    torch.distributed._watchdog _Watchdog._register_cpu_timeout
    torch.distributed.checkpoint._consolidate_hf_safetensors _consolidate_safetensors_files
    torch.distributed.checkpoint._consolidate_hf_safetensors _process_output_file _write_data
    torch.distributed.checkpoint._consolidate_hf_safetensors _write_metadata _write_overall_metadata_file
    torch.distributed.checkpoint._consolidate_hf_safetensors consolidate_safetensors_files
    torch.distributed.checkpoint._consolidate_hf_safetensors consolidate_safetensors_files_on_every_rank
    torch.distributed.checkpoint._experimental.checkpoint_reader CheckpointReader._partial_read
    torch.distributed.checkpoint._experimental.checkpoint_reader CheckpointReader.read
    torch.distributed.checkpoint._experimental.checkpoint_writer CheckpointWriter.write
    torch.distributed.checkpoint._pg_transport PGTransport.recv_checkpoint
    torch.distributed.checkpoint.default_planner DefaultLoadPlanner.load_bytes
    torch.distributed.checkpoint.filesystem FileSystemReader.read_data FileSystemReader.read_metadata
    torch.distributed.checkpoint.format_utils BroadcastingTorchSaveReader.read_data torch_save_to_dcp
    torch.distributed.checkpoint.hf_storage HuggingFaceStorageWriter.finish
    torch.distributed.checkpoint.quantized_hf_storage QuantizedHuggingFaceStorageReader._load_quantization_metadata
    torch.distributed.checkpoint.quantized_hf_storage QuantizedHuggingFaceStorageReader.read_metadata
    torch.distributed.checkpoint.staging _ReplicationStager._persist_state_dict _ReplicationStager.stage
    torch.distributed.debug start_debug_server
    torch.distributed.debug._debug_handlers C10dHealthCheckHandler._fetch_dumps
    torch.distributed.debug._debug_handlers FlightRecorderHandler._handle_fr_dump_file
    torch.distributed.debug._debug_handlers FlightRecorderHandler._handle_fr_trace
    torch.distributed.debug._debug_handlers FlightRecorderHandler._handle_fr_trace_json
    torch.distributed.debug._debug_handlers ProfilerHandler._handle PySpyHandler._handle
    torch.distributed.debug._frontend PeriodicDumper._run PeriodicDumper.start fetch_all fetch_thread_pool
    torch.distributed.debug._handlers _torch_profile
    torch.distributed.flight_recorder.components.loader read_dir read_dump
    torch.distributed.flight_recorder.fr_trace main
    torch.distributed.optim.zero_redundancy_optimizer ZeroRedundancyOptimizer.consolidate_state_dict
    torch.distributed.optim.zero_redundancy_optimizer _broadcast_object
    torch.distributed.pipelining.schedules PipelineScheduleMulti._dump_csv PipelineScheduleMulti._load_csv
    torch.distributed.pipelining.schedules _PipelineScheduleRuntime._dump_csv
    torch.distributed.pipelining.schedules _PipelineScheduleRuntime._load_csv _dump_chrometrace
    torch.distributed.tensor.debug._comm_mode CommDebugMode.generate_json_dump
    torch.distributed.tensor.debug._comm_mode CommDebugMode.log_comm_debug_tracing_table_to_file
    torch.distributed.tensor.experimental._context_parallel._attention _context_parallel_buffers
    torch.distributed.tensor.experimental._context_parallel._attention _create_cp_block_mask
    torch.mps compile_shader
    torch.nn.attention._fa3 _fa3_import_module register_flash_attention_fa3
    torch.nn.attention._fa4 _fa4_flash_attention_backward_impl _fa4_flash_attention_forward_impl
    torch.nn.attention._fa4 _fa4_import_module _fa4_run_backward _fa4_run_forward
    torch.nn.attention._fa4 register_flash_attention_fa4
    torch.nn.attention.flex_attention create_block_mask flex_attention
    torch.nn.modules.module Module.compile
    torch.nn.utils._deprecation_utils lazy_deprecated_import
    torch.numa.binding _core_complex_get_logical_cpus_to_bind_to _exclusive_get_logical_cpus_to_bind_to
    torch.numa.binding _get_allowed_logical_cpu_indices_for_numa_node
    torch.numa.binding _get_arbitrary_allowed_cpu_index_for_numa_node
    torch.numa.binding _get_cpu_indices_for_numa_node_MAYBE_NOT_ALLOWED _get_device_indices_for_numa_node
    torch.numa.binding _get_logical_cpu_indices_sharing_same_physical_core_as
    torch.numa.binding _get_logical_cpus_sharing_same_max_level_cache_as _get_logical_cpus_to_bind_to
    torch.numa.binding _get_numa_node_index_for_device_index _get_numa_node_indices_for_socket_index
    torch.numa.binding _get_socket_index_for_cpu _get_socket_index_for_numa_node
    torch.numa.binding _node_get_logical_cpus_to_bind_to _socket_get_logical_cpus_to_bind_to
    torch.sparse._triton_ops_meta dump main
    torch.storage _StorageBase.type
    torch.utils._cpp_embed_headers _embed_headers embed_headers read_file
    torch.utils._debug_mode._mode DebugMode.load_logs DebugMode.save_logs
    torch.utils._get_clean_triton get_clean_triton process_file
    torch.utils._pytree _defaultdict_deserialize enum_object_hook
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._get_results
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._run_async
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._start_strobelight
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._stop_run
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._stop_strobelight_no_throw
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler._wait_for_running
    torch.utils._strobelight.cli_function_profiler StrobelightCLIFunctionProfiler.profile
    torch.utils._traceback report_compile_source_on_error
    torch.utils._zip main
    torch.utils.data.dataloader _MultiProcessingDataLoaderIter._get_data
    torch.utils.data.dataloader _MultiProcessingDataLoaderIter._next_data
    torch.utils.data.dataloader _MultiProcessingDataLoaderIter._reset
    torch.utils.data.dataloader _MultiProcessingDataLoaderIter._try_get_data
    torch.utils.viz._cycles cuda_allocation_context
    torch.xpu.memory _dump_snapshot _snapshot
    tqdm.contrib.discord tdrange
    tqdm.contrib.telegram ttgrange
    traceback _compute_suggestion_error format_exc format_exception format_exception_only print_exc
    traceback print_exception print_last
    transformers convert_slow_tokenizer define_import_structure model_addition_debugger_context pipeline
    transformers.audio_utils load_audio_as
    transformers.configuration_utils PreTrainedConfig._dict_from_json_file PreTrainedConfig._get_config_dict
    transformers.configuration_utils PreTrainedConfig.from_json_file PreTrainedConfig.get_config_dict
    transformers.configuration_utils PreTrainedConfig.save_pretrained PreTrainedConfig.to_json_file
    transformers.convert_slow_tokenizer convert_slow_tokenizer
    transformers.convert_slow_tokenizers_checkpoints_to_fast convert_slow_checkpoint_to_fast
    transformers.distributed.checkpoint _get_resolved_distributed_checkpoint_files
    transformers.distributed.checkpoint consolidate_distributed_checkpoint get_distributed_checkpoint_dir
    transformers.distributed.checkpoint is_sharded_checkpoint
    transformers.distributed.configuration_utils DistributedConfig.to_json_file
    transformers.distributed.mixin DistributedMixin.save_distributed_checkpoint
    transformers.exporters.auto _resolve_class get_exporter_class get_runner_class
    transformers.exporters.base ExportedModel.from_pretrained ExportedModel.save_pretrained
    transformers.exporters.base HfExporter.validate_environment
    transformers.exporters.exporter_dynamo _path_to_class _unflatten_from_context
    transformers.exporters.exporter_executorch ExecutorchExporter.export_program
    transformers.exporters.exporter_executorch ExecutorchExporter.save_program
    transformers.exporters.exporter_executorch _patch_flatc_compile_nonfinite
    transformers.exporters.metadata _package_versions build_export_metadata load_treespec
    transformers.exporters.metadata register_treespec_types
    transformers.exporters.quantizers.base ExportQuantizer.validate_environment
    transformers.exporters.runners.runner_openvino OpenVINOModelRunner.from_program _physical_cores
    transformers.exporters.utils apply_patches check_packages import_dotted_path
    transformers.feature_extraction_utils FeatureExtractionMixin.from_json_file
    transformers.feature_extraction_utils FeatureExtractionMixin.save_pretrained
    transformers.feature_extraction_utils FeatureExtractionMixin.to_json_file
    transformers.generation.configuration_utils BaseWatermarkingConfig.to_json_file
    transformers.generation.configuration_utils GenerationConfig._dict_from_json_file
    transformers.generation.configuration_utils GenerationConfig.from_pretrained
    transformers.generation.configuration_utils GenerationConfig.save_pretrained
    transformers.generation.configuration_utils GenerationConfig.to_json_file GenerationConfig.validate
    transformers.generation.continuous_batching.cache PagedAttentionMemoryHandler.get_available_memory
    transformers.generation.continuous_batching.requests get_device_and_memory_breakdown
    transformers.generation.continuous_batching.utils _get_numa_nodes_memory get_device_and_memory_breakdown
    transformers.generation.utils GenerationMixin.adjust_generation_fn GenerationMixin.generate
    transformers.generation.utils GenerationMixin.load_custom_generate
    transformers.image_processing_base ImageProcessingMixin.from_json_file
    transformers.image_processing_base ImageProcessingMixin.save_pretrained
    transformers.image_processing_base ImageProcessingMixin.to_json_file
    transformers.integrations.accelerate accelerate_disk_offload
    transformers.integrations.deepgemm _get_nvcc_version _load_deepgemm_kernel is_deepgemm_loadable
    transformers.integrations.finegrained_fp8 fp8_linear
    transformers.integrations.gguf.gguf_tokenizer_mapping get_gguf_tokenizer
    transformers.integrations.gguf.reader GgufHeader.from_file _mapped load_gguf_state_dict
    transformers.integrations.gguf.reader read_gguf_metadata
    transformers.integrations.hub_kernels lazy_load_kernel use_kernel_func_from_hub_with_fallback
    transformers.integrations.integration_utils DVCLiveCallback.on_train_end KubeflowCallback._get_token
    transformers.integrations.integration_utils KubeflowCallback._update_status KubeflowCallback.on_step_end
    transformers.integrations.integration_utils KubeflowCallback.on_train_begin
    transformers.integrations.integration_utils KubeflowCallback.on_train_end
    transformers.integrations.integration_utils NeptuneCallback._log_model_checkpoint
    transformers.integrations.integration_utils NeptuneCallback.on_save WandbCallback.on_log
    transformers.integrations.integration_utils WandbCallback.on_predict WandbCallback.on_train_begin
    transformers.integrations.integration_utils WandbCallback.on_train_end WandbCallback.setup
    transformers.integrations.integration_utils run_hp_search_optuna run_hp_search_ray
    transformers.integrations.integration_utils save_model_architecture_to_file
    transformers.integrations.mistral.tokenizer MistralConverter._parse_tekken_file
    transformers.integrations.mistral.tokenizer _check_tekken_vocab_unchanged _resolve_chat_template
    transformers.integrations.mistral.tokenizer convert_tekken_tokenizer save_tekken_format
    transformers.integrations.peft PeftAdapterMixin.load_adapter maybe_load_adapters
    transformers.integrations.tpu save_tpu_checkpoint
    transformers.model_debugging_utils _attach_debugger_logic log_model_debug_trace
    transformers.model_debugging_utils model_addition_debugger_context
    transformers.modeling_layers MtpModel.from_pretrained
    transformers.modeling_utils PreTrainedModel._load_pretrained_model PreTrainedModel.from_pretrained
    transformers.modeling_utils PreTrainedModel.save_pretrained _get_dtype _get_resolved_checkpoint_files
    transformers.modeling_utils load_state_dict
    transformers.models.auto.auto_factory _BaseAutoModelClass.from_config
    transformers.models.auto.auto_factory _BaseAutoModelClass.from_pretrained
    transformers.models.auto.auto_factory _LazyAutoMapping._load_attr_from_module _LazyAutoMapping.get
    transformers.models.auto.auto_factory _LazyAutoMapping.items _LazyAutoMapping.keys
    transformers.models.auto.auto_factory _LazyAutoMapping.values
    transformers.models.auto.configuration_auto AutoConfig.from_pretrained _LazyLoadAllMappings._initialize
    transformers.models.auto.configuration_auto _LazyLoadAllMappings.items _LazyLoadAllMappings.keys
    transformers.models.auto.configuration_auto _LazyLoadAllMappings.values
    transformers.models.auto.feature_extraction_auto AutoFeatureExtractor.from_pretrained
    transformers.models.auto.feature_extraction_auto feature_extractor_class_from_name
    transformers.models.auto.image_processing_auto AutoImageProcessor.from_pretrained _load_backend_class
    transformers.models.auto.image_processing_auto _load_class_with_fallback
    transformers.models.auto.image_processing_auto get_image_processor_class_from_name
    transformers.models.auto.processing_auto AutoProcessor.from_pretrained processor_class_from_name
    transformers.models.auto.tokenization_auto AutoTokenizer.from_pretrained get_tokenizer_config
    transformers.models.auto.tokenization_auto load_merges load_vocab tokenizer_class_from_name
    transformers.models.auto.video_processing_auto AutoVideoProcessor.from_pretrained _load_backend_class
    transformers.models.auto.video_processing_auto video_processor_class_from_name
    transformers.models.bark.processing_bark BarkProcessor.__call__ BarkProcessor._load_voice_preset
    transformers.models.bark.processing_bark BarkProcessor._verify_speaker_embeddings
    transformers.models.bark.processing_bark BarkProcessor.from_pretrained BarkProcessor.save_pretrained
    transformers.models.bartpho.tokenization_bartpho BartphoTokenizer.save_vocabulary
    transformers.models.bert.tokenization_bert load_vocab
    transformers.models.bert.tokenization_bert_legacy BertTokenizerLegacy.save_vocabulary load_vocab
    transformers.models.bert_japanese.tokenization_bert_japanese BertJapaneseTokenizer.save_vocabulary
    transformers.models.bert_japanese.tokenization_bert_japanese load_vocab
    transformers.models.bertweet.tokenization_bertweet BertweetTokenizer.add_from_file
    transformers.models.bertweet.tokenization_bertweet BertweetTokenizer.save_vocabulary
    transformers.models.biogpt.tokenization_biogpt BioGptTokenizer.save_vocabulary
    transformers.models.blenderbot_small.tokenization_blenderbot_small BlenderbotSmallTokenizer.save_vocabulary
    transformers.models.cpm.tokenization_cpm CpmTokenizer.save_vocabulary
    transformers.models.cpm.tokenization_cpm_fast CpmTokenizerFast.save_vocabulary
    transformers.models.cpmant.tokenization_cpmant CpmAntTokenizer.save_vocabulary load_vocab
    transformers.models.ernie4_5_vl_moe.processing_ernie4_5_vl_moe Ernie4_5_VLMoeProcessor.save_pretrained
    transformers.models.ernie4_5_vl_moe.video_processing_ernie4_5_vl_moe Ernie4_5_VLMoeVideoProcessor.save_pretrained
    transformers.models.esm.tokenization_esm EsmTokenizer.save_vocabulary load_vocab_file
    transformers.models.fastspeech2_conformer.tokenization_fastspeech2_conformer FastSpeech2ConformerTokenizer.save_vocabulary
    transformers.models.flaubert.tokenization_flaubert FlaubertTokenizer.save_vocabulary
    transformers.models.fsmt.tokenization_fsmt FSMTTokenizer.save_vocabulary
    transformers.models.gpt_neox_japanese.tokenization_gpt_neox_japanese GPTNeoXJapaneseTokenizer.save_vocabulary
    transformers.models.gpt_neox_japanese.tokenization_gpt_neox_japanese load_vocab_and_emoji
    transformers.models.kyutai_speech_to_text.modular_kyutai_speech_to_text KyutaiSpeechToTextForConditionalGeneration.from_pretrained
    transformers.models.kyutai_speech_to_text.modular_kyutai_speech_to_text KyutaiSpeechToTextForConditionalGeneration.save_pretrained
    transformers.models.m2m_100.tokenization_m2m_100 M2M100Tokenizer.save_vocabulary load_json save_json
    transformers.models.marian.tokenization_marian MarianTokenizer.save_vocabulary load_json save_json
    transformers.models.mgp_str.tokenization_mgp_str MgpstrTokenizer.save_vocabulary
    transformers.models.mluke.tokenization_mluke MLukeTokenizer.save_vocabulary
    transformers.models.myt5.tokenization_myt5 MyT5Tokenizer.save_vocabulary
    transformers.models.oneformer.image_processing_oneformer load_metadata
    transformers.models.oneformer.image_processing_pil_oneformer load_metadata
    transformers.models.phobert.tokenization_phobert PhobertTokenizer.add_from_file
    transformers.models.phobert.tokenization_phobert PhobertTokenizer.save_vocabulary
    transformers.models.pop2piano.processing_pop2piano Pop2PianoProcessor.save_pretrained
    transformers.models.pop2piano.tokenization_pop2piano Pop2PianoTokenizer.save_vocabulary
    transformers.models.prophetnet.tokenization_prophetnet ProphetNetTokenizer.save_vocabulary load_vocab
    transformers.models.qwen2_5_omni.modeling_qwen2_5_omni Qwen2_5OmniForConditionalGeneration.load_speakers
    transformers.models.qwen2_5_omni.modular_qwen2_5_omni Qwen2_5OmniForConditionalGeneration.load_speakers
    transformers.models.rag.retrieval_rag LegacyIndex._deserialize_index LegacyIndex._load_passages
    transformers.models.rag.retrieval_rag LegacyIndex.init_index RagRetriever._build_index
    transformers.models.rag.tokenization_rag RagTokenizer.from_pretrained RagTokenizer.save_pretrained
    transformers.models.roc_bert.tokenization_roc_bert RoCBertTokenizer.save_vocabulary load_vocab
    transformers.models.siglip.tokenization_siglip SiglipTokenizer.save_vocabulary
    transformers.models.speech_to_text.tokenization_speech_to_text Speech2TextTokenizer.save_vocabulary
    transformers.models.speech_to_text.tokenization_speech_to_text load_json save_json
    transformers.models.splinter.tokenization_splinter load_vocab
    transformers.models.tapas.tokenization_tapas TapasTokenizer.save_vocabulary load_vocab
    transformers.models.vibevoice.processing_vibevoice VibeVoiceProcessor.save_audio
    transformers.models.vits.tokenization_vits VitsTokenizer.save_vocabulary
    transformers.models.voxtral.processing_voxtral VoxtralProcessor.apply_transcription_request
    transformers.models.wav2vec2.modeling_wav2vec2 Wav2Vec2PreTrainedModel.load_adapter
    transformers.models.wav2vec2.tokenization_wav2vec2 Wav2Vec2CTCTokenizer.save_vocabulary
    transformers.models.wav2vec2_phoneme.tokenization_wav2vec2_phoneme Wav2Vec2PhonemeCTCTokenizer.save_vocabulary
    transformers.models.whisper.tokenization_whisper WhisperTokenizer.save_vocabulary
    transformers.models.xlm.tokenization_xlm XLMTokenizer.save_vocabulary
    transformers.pipelines _resolve_feature_extractor _resolve_impl _resolve_processor _resolve_tokenizer
    transformers.pipelines _resolve_video_processor pipeline
    transformers.pipelines.audio_classification AudioClassificationPipeline.preprocess ffmpeg_read
    transformers.pipelines.audio_utils _ffmpeg_stream _get_microphone_name ffmpeg_microphone
    transformers.pipelines.audio_utils ffmpeg_microphone_live ffmpeg_read
    transformers.pipelines.automatic_speech_recognition AutomaticSpeechRecognitionPipeline.preprocess
    transformers.pipelines.base CsvPipelineDataFormat.save JsonPipelineDataFormat.save
    transformers.pipelines.base Pipeline.save_pretrained PipelineDataFormat.from_str
    transformers.pipelines.base PipelineDataFormat.save_binary
    transformers.pipelines.zero_shot_audio_classification ZeroShotAudioClassificationPipeline.preprocess
    transformers.processing_utils ProcessorMixin.from_pretrained ProcessorMixin.get_processor_dict
    transformers.processing_utils ProcessorMixin.save_pretrained ProcessorMixin.to_json_file
    transformers.quantizers.quantizer_gguf GgufHfQuantizer.get_state_dict GgufHfQuantizer.read_header
    transformers.testing_utils TestCasePlus.get_auto_remove_tmp_dir TestCasePlus.tearDown _get_test_info
    transformers.testing_utils _patch_with_call_info _prepare_debugging_info
    transformers.testing_utils check_json_file_has_correct_format convert_all_safetensors_to_bins
    transformers.testing_utils force_serialization_as_bin_files get_cgroup_memory_limit_bytes
    transformers.testing_utils get_cpu_ram_total_gib get_torch_dist_unique_port
    transformers.testing_utils patch_testing_methods_to_collect_info pytest_terminal_summary_main
    transformers.testing_utils read_json_file record_ci_source_deps_by_file record_ci_source_deps_chains
    transformers.testing_utils require_large_cpu_ram run_command run_test_using_subprocess torchrun
    transformers.testing_utils write_ci_module_graph write_file
    transformers.tokenization_mistral_common MistralCommonBackend.apply_chat_template
    transformers.tokenization_mistral_common MistralCommonBackend.from_pretrained
    transformers.tokenization_mistral_common MistralCommonBackend.save_pretrained
    transformers.tokenization_python PythonBackend.save_vocabulary
    transformers.tokenization_utils_base PreTrainedTokenizerBase._from_pretrained
    transformers.tokenization_utils_base PreTrainedTokenizerBase._save_pretrained
    transformers.tokenization_utils_base PreTrainedTokenizerBase.from_pretrained
    transformers.tokenization_utils_base PreTrainedTokenizerBase.save_chat_templates
    transformers.tokenization_utils_base PreTrainedTokenizerBase.save_pretrained
    transformers.tokenization_utils_base find_sentencepiece_model_file load_vocab_and_merges
    transformers.tokenization_utils_sentencepiece SentencePieceBackend.save_vocabulary
    transformers.tokenization_utils_tokenizers TokenizersBackend._convert_from_sentencepiece
    transformers.tokenization_utils_tokenizers TokenizersBackend._patch_mistral_regex
    transformers.tokenization_utils_tokenizers TokenizersBackend._tokenizer_json_has_byte_level
    transformers.tokenization_utils_tokenizers TokenizersBackend.convert_to_native_format
    transformers.tokenization_utils_tokenizers TokenizersBackend.save_pretrained
    transformers.tokenization_utils_tokenizers TokenizersBackend.save_vocabulary
    transformers.trainer Trainer._finalize_training Trainer._init_training_state
    transformers.trainer Trainer._inner_training_loop Trainer._load_best_model Trainer._load_from_checkpoint
    transformers.trainer Trainer._load_optimizer_and_scheduler Trainer._load_rng_state Trainer._load_scaler
    transformers.trainer Trainer._maybe_log_save_evaluate Trainer._prepare_for_training
    transformers.trainer Trainer._push_from_checkpoint Trainer._report_to_hp_search Trainer._run_epoch
    transformers.trainer Trainer._save Trainer._save_checkpoint Trainer._save_rng_state
    transformers.trainer Trainer._tune_save_checkpoint Trainer.create_model_card Trainer.push_to_hub
    transformers.trainer Trainer.save_model Trainer.train
    transformers.trainer_callback TrainerState.load_from_json TrainerState.save_to_json
    transformers.trainer_jit_checkpoint CheckpointManager.execute_jit_checkpoint
    transformers.trainer_pt_utils remove_dummy_checkpoint save_metrics
    transformers.trainer_seq2seq Seq2SeqTrainer.load_generation_config
    transformers.trainer_utils get_last_checkpoint load_sharded_checkpoint rotate_checkpoints
    transformers.training_args TrainingArguments._process_fsdp_args TrainingArguments.get_process_log_level
    transformers.utils.attention_visualizer AttentionMaskVisualizer.__call__
    transformers.utils.attention_visualizer AttentionMaskVisualizer.visualize_attention_mask
    transformers.utils.generic is_timm_local_checkpoint maybe_replace_from_package
    transformers.utils.generic merge_with_config_defaults safe_load_json_file
    transformers.utils.import_utils Backend.get_installed_version Backend.is_satisfied
    transformers.utils.import_utils _LazyModule._get_module _LegacyModuleAliasFinder.exec_module
    transformers.utils.import_utils _is_package_available clear_import_cache
    transformers.utils.import_utils create_import_structure_from_path define_import_structure
    transformers.utils.import_utils direct_transformers_import get_cuda_runtime_version is_ninja_available
    transformers.utils.logging _configure_library_root_logger add_handler disable_default_handler
    transformers.utils.logging disable_propagation enable_default_handler enable_propagation get_logger
    transformers.utils.logging get_verbosity remove_handler set_verbosity set_verbosity_debug
    transformers.utils.logging set_verbosity_error set_verbosity_info set_verbosity_warning
    transformers.utils.network_logging _NetworkDebugProfiler.cleanup_shared_dir
    transformers.utils.network_logging _NetworkDebugProfiler.setup_shared_dir
    transformers.utils.quantization_config QuantizationConfigMixin.to_json_file
    transformers.video_processing_utils VideoProcessorMixin.from_json_file
    transformers.video_processing_utils VideoProcessorMixin.save_pretrained VideoProcessorMixin.to_json_file
    typing Annotated._class_getitem_inner ForwardRef._evaluate _eval_type _make_nmtuple _type_check
    typing _type_convert get_type_hints
    uuid _arp_getnode _find_mac _find_mac_near_keyword _find_mac_under_heading _get_command_stdout
    uuid _ifconfig_getnode _ip_getnode _ipconfig_getnode _lanscan_getnode _load_system_functions _popen
    uuid _unix_getnode _windll_getnode uuid1
    warnings _getcategory _processoptions _setoption
    xgboost _py_version
    xgboost.callback TrainingCheckPoint.after_iteration
    xgboost.collective _find_nccl broadcast
    xgboost.core Booster.dump_model _load_lib _py_version
    xgboost.dask _try_start_tracker
    xgboost.sklearn XGBModel._doc_link_template
    xgboost.spark.core _SparkXGBEstimator._fit _SparkXGBSharedReadWrite.loadMetadataAndInstance
    xgboost.spark.core _SparkXGBSharedReadWrite.saveMetadata
    xgboost.spark.utils _get_or_create_tmp_dir _start_tracker deserialize_booster serialize_booster
    xgboost.tracker get_family
    xml.dom getDOMImplementation
    xml.dom.domreg getDOMImplementation
    xml.dom.expatbuilder parse parseFragment
    xml.dom.minidom parse
    xml.dom.pulldom parse parseString
    xml.dom.xmlbuilder DOMBuilder.parse DOMBuilder.parseURI
    xml.etree.ElementInclude default_loader
    xml.etree.ElementTree ElementTree.parse ElementTree.write ElementTree.write_c14n _get_writer
    xml.etree.ElementTree canonicalize dump iterparse parse tostring tostringlist
    xml.sax _create_parser make_parser parse parseString
    xml.sax.expatreader ExpatParser.external_entity_ref ExpatParser.parse
    xml.sax.saxutils prepare_input_source
    xml.sax.xmlreader IncrementalParser.parse
    zarr load
    zarr.api.asynchronous load
    zarr.api.synchronous load
    zoneinfo._tzpath available_timezones
    zoneinfo._zoneinfo ZoneInfo.no_cache
    """
}
