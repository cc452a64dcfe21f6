// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension DangerousGlobals {
  /// Packages that are installed beside Python, and parts of them that no pickler ever names.
  static let libraryModules = [
    (
      runs,
      """
      IPython ipykernel ipython_genutils jupyter_client jupyter_core nbconvert nbformat notebook ptpython
      bpython pytest _pytest py nose nose2 tox hypothesis coverage pyximport Cython cython numba.core
      numba.pycc numba.cuda cffi pycparser jinja2 mako chameleon genshi Cheetah mako.template
      tornado.template codemod rope jedi parso numexpr asteval simpleeval RestrictedPython execnet pyodide
      js2py execjs quickjs lupa rpy2 oct2py matlab jnius jpype py4j pyspark.cloudpickle pyspark.serializers
      pyspark.worker pyspark.daemon pyspark.shell py_mini_racer numpy.f2py numpy.distutils numpy.testing
      numpy.ctypeslib numpy.compat numpy.conftest numpy.__config__ numpy._pytesttester
      numpy.core._internal._ctypes numpy._core._internal._ctypes torch.utils.bottleneck
      torch.utils.bundled_inputs torch.utils.benchmark torch.utils.cpp_extension torch.utils.data.datapipes
      torch.utils.hipify torch.utils.model_dump torch.utils.jit torch.utils.throughput_benchmark
      torch.utils._triton torch.utils._config_module torch._dynamo torch._inductor torch._functorch
      torch._export torch._numpy.testing torch._higher_order_ops torch._lazy torch._custom_op
      torch._custom_ops torch._library torch._logging torch._sources torch._prims_common.wrappers
      torch._refs torch._decomp torch._meta_registrations torch._namedtensor_internals torch.fx torch.jit
      torch.export torch.onnx torch.testing torch.distributions.utils torch.distributed.rpc
      torch.distributed.run torch.distributed.launch torch.distributed.launcher torch.distributed.elastic
      torch.distributed.nn torch.distributed.autograd torch.distributed.benchmarks
      torch.distributed.distributed_c10d torch.distributed.tensor.examples torch.cuda._memory_viz
      torch.cuda.jiterator torch.cuda._sanitizer torch.mps.profiler torchgen functorch.compile torch.contrib
      torch.package torch._package torch._weights_only_unpickler caffe2 pandas.core.computation pandas.tests
      pandas._testing pandas.testing pandas.util.testing pandas.conftest scipy.weave scipy._lib._testutils
      scipy._build_utils scipy._lib.doccer sklearn.utils._testing sklearn.utils.testing sklearn.conftest
      sklearn._build_utils sklearn.externals._arff sympy.parsing sympy.utilities sympy.plotting
      sympy.printing.preview sympy.testing sympy.interactive sympy.core.sympify sympy.external sympy.codegen
      sympy.polys.polytools.sympify django.template django.core.management django.utils.module_loading
      django.shortcuts flask.cli flask.templating werkzeug.debug werkzeug.utils werkzeug.serving bottle
      PIL.ImageMath PIL._imagingmath click.testing click.shell_completion tensorflow.python.autograph
      tensorflow.python.debug tensorflow.python.tools tensorflow.python.framework.load_library
      tensorflow.python.util.tf_inspect tensorflow.compiler.tests keras.src.utils.python_utils
      keras.utils.python_utils keras.src.saving.legacy.serialization tensorflow.keras.utils.func_load
      keras.src.saving.serialization_lib keras.saving.serialization_lib paddle.utils.cpp_extension
      paddle.jit paddle.fluid.dygraph.jit paddle.static mxnet.library mxnet.rtc mxnet.operator hydra.utils
      hydra._internal hydra.core.utils hydra.compose omegaconf.resolvers fire typer invoke fabric lib2to3
      fissix blib2to3 autopep8 yapf isort pylint mypy pyflakes distributed dask.multiprocessing
      dask.distributed dask.config dask.system ray.cloudpickle ray._private ray.worker ray.tune.execution
      loky joblib.externals.loky joblib.externals.cloudpickle joblib.pool sklearn.externals.joblib.externals
      billiard celery kombu rq huey dramatiq apscheduler pathos multiprocess ppft pox langchain_experimental
      smolagents
      """
    ),
    (
      process,
      """
      psutil pexpect ptyprocess winpty sh plumbum delegator envoy sarge subprocess32 subprocess_tee pip
      wheel setuptools _distutils_hack pkg_resources distlib virtualenv conda ansible ansible_runner nornir
      docker kubernetes podman git gitdb dulwich pygit2 mercurial hgext win32api win32com win32process
      pythoncom win32con win32file win32pipe pywintypes _win32sysloader wmi pynput pyautogui keyboard mouse
      daemonize circus gunicorn uvicorn hypercorn waitress twisted.internet twisted.python twisted.conch
      torch.utils.collect_env torch.multiprocessing torch.utils.data._utils.worker torch._utils_internal
      torch.profiler torch.utils.file_baton torch.utils._cpp_extension_versioner
      tensorflow.python.distribute tensorflow.python.profiler tensorflow.distribute
      pandas.util._print_versions sklearn.utils._show_versions PIL.ImageShow PIL.ImageGrab
      PIL.EpsImagePlugin matplotlib.texmanager matplotlib.dviread matplotlib.testing matplotlib.sphinxext
      matplotlib.animation matplotlib.backends.backend_pgf deepspeed.launcher accelerate.commands
      transformers.commands nltk.internals nltk.app nltk.parse.malt nltk.tag.stanford nltk.inference
      triton.compiler triton.runtime triton.tools
      """
    ),
    (
      file,
      """
      numpy.lib._datasource numpy.lib.format numpy.lib._format_impl send2trash pyfakefs aiofiles watchdog
      filelock portalocker py7zr rarfile patoolib libarchive zstandard pandas.io
      pandas._libs.parsers scipy.io sklearn.datasets.base sklearn.datasets._base
      sklearn.datasets._svmlight_format_io torch.utils.tensorboard torch.utils.show_pickle
      torch.utils._content_store torch._appdirs torch.serialization_io tensorflow.io
      tensorflow.python.lib.io tensorflow.python.ops.io_ops tensorflow.python.ops.gen_io_ops
      tensorflow.gfile tensorflow.io.gfile tensorflow.summary tensorboard matplotlib.pyplot pylab
      matplotlib.font_manager matplotlib.style matplotlib.backends skimage.io imageio cv2 openpyxl xlrd
      xlsxwriter xlwt fsspec s3fs gcsfs adlfs smart_open pyarrow.fs pyarrow.parquet pyarrow.csv
      pyarrow.feather pyarrow.dataset pyarrow.orc pyarrow.flight tables h5py.File h5py._hl.files
      zarr.storage netCDF4 xarray.backends duckdb lmdb plyvel leveldb rocksdict sqlalchemy peewee tinydb
      diskcache mxnet.recordio mxnet.image mxnet.gluon.data.vision.datasets onnx.external_data_helper
      appdirs platformdirs django.core.files django.core.cache cachetools.disk joblib._store_backends
      joblib.disk joblib.externals.loky.backend
      """
    ),
    (
      network,
      """
      requests urllib3 aiohttp httpx httpcore httplib2 pycurl curl_cffi websocket websockets socketio
      engineio grpc boto boto3 botocore s3transfer aiobotocore google.cloud googleapiclient azure msrest
      kafka confluent_kafka redis pymongo cassandra elasticsearch opensearchpy MySQLdb pymysql mysql
      psycopg2 psycopg asyncpg pymssql cx_Oracle oracledb ldap ldap3 paramiko asyncssh pysftp zmq nanomsg
      pika stomp paho dns scapy shodan selenium playwright pyppeteer mechanize robobrowser scrapy wget gdown
      kaggle huggingface_hub modelscope comet_ml neptune clearml gradio streamlit telegram slack_sdk discord
      smtpapi sendgrid twilio openai anthropic torch.hub torch.utils.model_zoo torch._vendor
      sklearn.datasets scipy.datasets scipy.misc.face keras.utils.data_utils keras.src.utils.file_utils
      keras.utils.file_utils keras.utils.get_file keras.datasets keras.src.datasets tensorflow_hub
      tensorflow_datasets tensorflow.keras.datasets tensorflow.python.keras.utils.data_utils
      tensorflow.keras.utils.get_file transformers.utils.hub transformers.dynamic_module_utils
      transformers.hf_argparser nltk.downloader nltk.data gensim.downloader spacy.cli
      torchvision.datasets.utils torchtext.utils torchaudio.utils.download paddle.hub paddle.hapi.hub
      paddle.utils.download paddle.dataset mxnet.gluon.utils mxnet.test_utils mxnet.gluon.model_zoo onnx.hub
      statsmodels.datasets statsmodels.tools.web vega_datasets seaborn.utils seaborn.miscplot eventlet
      gevent tornado.httpclient tornado.simple_httpclient tornado.netutil tornado.tcpclient tornado.process
      twisted.web starlette fastapi sanic pyramid cherrypy dash.testing
      """
    ),
    (
      imports,
      "pkg_resources importlib_metadata importlib_resources zope.dottedname lazy_loader lazy_import stevedore"
    ),
    (
      loads,
      """
      dill cloudpickle jsonpickle klepto sklearn.externals.joblib.numpy_pickle.load torch.serialization
      pandas.io.pickle pandas.compat.pickle_compat skops.io skops.hub_utils mlflow.pyfunc mlflow.sklearn
      mlflow.pytorch mlflow.keras mlflow.tensorflow mlflow.artifacts bentoml cv2.dnn tensorflow.saved_model
      tensorflow.python.saved_model tensorflow.compat.v1.saved_model hickle deepdish pickle5 pickleshare
      uncompyle6 compress_pickle zodbpickle ZODB cPickle fickling.loader keras.src.saving.saving_api
      keras.src.saving.saving_lib keras.saving.save keras.engine.saving keras.src.legacy.saving
      keras.saving.legacy tf_keras.src.saving keras.models.load_model onnx.checker onnx.reference
      paddle.framework.io paddle.load paddle.fluid.io sentence_transformers.util ultralytics.utils.downloads
      shelve3 sklearn2pmml
      """
    ),
    (
      tampers,
      """
      picklescan modelscan fickling modelaudit guarddog bandit yara clamd forbiddenfruit wrapt.importer
      wrapt.patches pyrasite manhole pympler objgraph guppy
      """
    ),
  ]

  static let libraryNames = [
    (
      runs,
      """
      typing.ForwardRef builtins.str.format string.Formatter.vformat functools.singledispatch
      functools.partialmethod scipy.stats._distn_infrastructure.rv_generic
      scipy.stats._distn_infrastructure.rv_frozen compiler.compile compiler.compileFile
      sklearn.utils.estimator_checks.check_estimator yaml.constructor.Constructor
      yaml.constructor.FullConstructor calendar.main inspect.main inspect._main pprint.main token._main
      accelerate.notebook_launcher accelerate.launchers.notebook_launcher
      cloudpickle.cloudpickle._make_function cloudpickle.cloudpickle._builtin_type
      cloudpickle.cloudpickle._function_setstate cloudpickle.cloudpickle._make_cell
      cloudpickle.cloudpickle._make_empty_cell cloudpickle.cloudpickle._make_skeleton_class
      cloudpickle.cloudpickle._make_skel_func cloudpickle.cloudpickle._fill_function
      cloudpickle.cloudpickle._class_setstate cloudpickle.cloudpickle.subimport
      dill._dill._create_function dill._dill._create_code dill._dill._create_cell dill._dill._load_type
      dill._dill._create_type dill._dill._import_module dill._dill._eval_repr
      pandas.eval pandas.core.frame.DataFrame.eval pandas.core.frame.DataFrame.query pandas.DataFrame.eval
      pandas.DataFrame.query pandas.core.series.Series.eval numpy.lib.utils.safe_eval numpy.safe_eval
      numpy.test numpy.lib.utils.source numpy.source numexpr.evaluate yaml.load yaml.unsafe_load
      yaml.full_load yaml.load_all yaml.unsafe_load_all yaml.full_load_all yaml.Loader yaml.UnsafeLoader
      yaml.FullLoader yaml.CLoader yaml.loader.UnsafeLoader yaml.constructor.UnsafeConstructor
      ruamel.yaml.load ruamel.yaml.YAML oyaml.load sympy.sympify sympy.lambdify sympy.S sympy.parse_expr
      sympy.test sympy.doctest sympy.preview sympy.plot sympy.core.sympify.sympify
      sympy.utilities.lambdify.lambdify torch.compile torch._utils._import_dotted_name
      torch.utils.data._utils.worker._worker_loop torch._dispatch torch.fx.Interpreter torch.library.Library
      torch.library.define torch.library.impl torch.library.custom_op
      torch.utils._pytree.register_pytree_node torch.func.vmap torch._C._import_py_file numba.jit numba.njit
      numba.cfunc numba.extending.overload nltk.compat nltk.draw scipy.LowLevelCallable
      scipy._lib._ccallback.LowLevelCallable scipy.test keras.layers.Lambda
      keras.src.layers.core.lambda_layer.Lambda keras.src.utils.python_utils.func_load
      keras.layers.core.Lambda tensorflow.keras.layers.Lambda keras.utils.generic_utils.func_load
      tensorflow.python.keras.utils.generic_utils.func_load keras.src.layers.TorchModuleWrapper
      keras.config.enable_unsafe_deserialization
      keras.src.saving.serialization_lib.enable_unsafe_deserialization tensorflow.py_function
      tensorflow.numpy_function tensorflow.compat.v1.py_func tensorflow.raw_ops.PyFunc
      tensorflow.raw_ops.EagerPyFunc tensorflow.load_library tensorflow.load_op_library
      tensorflow.raw_ops.WriteFile tensorflow.raw_ops.ReadFile tensorflow.python.ops.script_ops.py_func
      tensorflow.python.ops.script_ops._py_funcs tensorflow.python.framework.load_library.load_op_library
      tensorflow.python.framework.load_library.load_library matplotlib.rcsetup.validate_cycler
      matplotlib.cbook._exec distutils.core.run_setup hypothesis.given dask.compute dask.delayed
      dask.utils.apply dask.core.get dask.local.get_sync dask.base.compute dask.delayed.delayed ray.get
      ray.remote ray.init ray.put flask.render_template_string flask.Config.from_pyfile
      flask.config.Config.from_pyfile flask.config.Config.from_object click.Command.main fsspec.config
      django.setup django.utils.autoreload transformers.pipeline transformers.pipelines.pipeline
      paddle.static.py_func tqdm.contrib.concurrent.process_map joblib.Parallel joblib.parallel.Parallel
      joblib.delayed joblib.parallel.delayed joblib.parallel.BatchedCalls sklearn.utils.parallel.Parallel
      """
    ),
    (
      process,
      """
      pyspark.java_gateway.launch_gateway tree_sitter.Language tree_sitter.Language.build_library dl.open
      tkinter.Tcl numpy.show_config numpy.show_runtime pandas.show_versions sklearn.show_versions
      torch.ops.load_library torch._ops._Ops.load_library torch.classes.load_library scipy.show_config
      torch.set_default_device torch.cuda.set_device onnxruntime.InferenceSession
      onnxruntime.capi.onnxruntime_inference_collection.InferenceSession tqdm.main tqdm.cli.main
      tensorrt.init_libnvinfer_plugins numba.cuda.jit xgboost.libpath.find_lib_path xgboost.core._load_lib
      lightgbm.basic._load_lib mxnet.base._load_lib tensorflow.experimental.register_filesystem_plugin
      """
    ),
    (
      file,
      """
      lightgbm.Booster lightgbm.basic.Booster lightgbm.Dataset lightgbm.basic.Dataset xgboost.Booster
      xgboost.core.Booster lz4.frame.open joblib.Memory joblib.memory.Memory joblib.memory.MemorizedFunc
      joblib.memory.MemorizedResult sklearn.utils.validation.check_memory sklearn.utils._joblib.dump
      joblib.compressor.BinaryZlibFile joblib.compressor.LZ4CompressorWrapper
      networkx.readwrite.gexf.read_gexf networkx.readwrite.gml.read_gml
      torch.distributed.checkpoint.filesystem.FileSystemReader torch.distributed.checkpoint.load
      torch.distributed.checkpoint.load_state_dict torch.distributed.checkpoint.FileSystemReader
      faiss.read_index faiss.write_index annoy.AnnoyIndex.load annoy.Annoy.load omegaconf.OmegaConf.load
      omegaconf.OmegaConf.save zarr.open zarr.convenience.open scipy.misc.imread scipy.misc.imsave
      xml.etree.ElementInclude.include zoneinfo.ZoneInfo.from_file pathlib._NormalAccessor.unlink
      posixpath.realpath posixpath.exists posixpath.lexists posixpath.getsize
      sentencepiece.SentencePieceProcessor.Load sentencepiece.SentencePieceProcessor.LoadFromFile
      tokenizers.Tokenizer.from_file tokenizers.Tokenizer.from_pretrained
      numpy.load numpy.save numpy.savez numpy.savez_compressed numpy.savetxt numpy.loadtxt numpy.genfromtxt
      numpy.fromfile numpy.fromregex numpy.memmap numpy.DataSource numpy.recfromcsv numpy.recfromtxt
      numpy.mafromtxt numpy.ndfromtxt numpy.lib.npyio.load numpy.lib.npyio.save numpy.lib.npyio.savez
      numpy.lib.npyio.savetxt numpy.lib.npyio.loadtxt numpy.lib.npyio.genfromtxt numpy.lib.npyio.fromregex
      numpy.lib.npyio.DataSource numpy.lib.npyio.NpzFile numpy.lib.npyio.zipfile_factory
      numpy.lib.npyio._savez numpy.lib._npyio_impl.load numpy.lib._npyio_impl.save
      numpy.lib._npyio_impl.savez numpy.lib._npyio_impl.savetxt numpy.lib._npyio_impl.loadtxt
      numpy.lib._npyio_impl.genfromtxt numpy.lib._npyio_impl.fromregex numpy.lib._npyio_impl._savez
      numpy.lib._npyio_impl.zipfile_factory numpy.lib._npyio_impl.NpzFile numpy.core.memmap.memmap
      numpy._core.memmap.memmap numpy.core.memmap numpy._core.memmap numpy.lib.utils.who
      numpy.core.records.fromfile numpy._core.records.fromfile numpy.rec.fromfile
      numpy.core.multiarray.fromfile numpy._core.multiarray.fromfile numpy.core._multiarray_umath.fromfile
      numpy._core._multiarray_umath.fromfile numpy.ndarray.tofile numpy.ndarray.dump
      numpy.ma.core.MaskedArray.tofile torch.save torch.from_file torch.UntypedStorage.from_file
      torch.storage.UntypedStorage.from_file torch.FloatStorage.from_file
      torch.UntypedStorage._new_shared_filename torch.UntypedStorage._write_file torch._C.PyTorchFileReader
      torch._C.PyTorchFileWriter torch._C._PyTorchFileWriter torch.cuda.memory._dump_snapshot
      torch.storage._StorageBase._new_shared_filename_cpu torch.utils.rename_privateuse1_backend
      pandas.read_csv pandas.read_table pandas.read_fwf pandas.read_excel pandas.read_json pandas.read_html
      pandas.read_xml pandas.read_hdf pandas.read_feather pandas.read_parquet pandas.read_orc
      pandas.read_sas pandas.read_spss pandas.read_sql pandas.read_sql_table pandas.read_sql_query
      pandas.read_gbq pandas.read_stata pandas.read_clipboard pandas.ExcelFile pandas.ExcelWriter
      pandas.HDFStore pandas.to_pickle pandas.DataFrame.to_csv pandas.DataFrame.to_pickle
      pandas.DataFrame.to_json pandas.DataFrame.to_html pandas.DataFrame.to_excel pandas.DataFrame.to_hdf
      pandas.DataFrame.to_sql pandas.DataFrame.to_parquet pandas.core.frame.DataFrame.to_csv
      pandas.core.frame.DataFrame.to_pickle pandas.core.frame.DataFrame.to_json
      pandas.core.frame.DataFrame.to_html pandas.core.frame.DataFrame.to_stata
      pandas.core.frame.DataFrame.to_feather pandas.core.frame.DataFrame.to_parquet
      pandas.core.frame.DataFrame.to_xml pandas.core.frame.DataFrame.to_markdown
      pandas.core.generic.NDFrame.to_csv pandas.core.generic.NDFrame.to_pickle
      pandas.core.generic.NDFrame.to_json pandas.core.generic.NDFrame.to_excel
      pandas.core.generic.NDFrame.to_hdf pandas.core.generic.NDFrame.to_sql
      pandas.core.generic.NDFrame.to_clipboard pandas.core.generic.NDFrame.to_latex
      pandas.core.series.Series.to_csv scipy.sparse.load_npz scipy.sparse.save_npz
      scipy.sparse._matrix_io.load_npz scipy.sparse._matrix_io.save_npz sklearn.datasets.load_files
      sklearn.datasets.load_svmlight_file sklearn.datasets.dump_svmlight_file joblib.dump
      joblib.numpy_pickle.dump sklearn.externals.joblib.dump matplotlib.image.imread matplotlib.image.imsave
      matplotlib.image.thumbnail matplotlib.cbook.get_sample_data matplotlib.cbook.open_file_cm
      matplotlib.cbook.to_filehandle matplotlib.rc_file matplotlib.rc_params_from_file
      matplotlib.matplotlib_fname matplotlib.use matplotlib.figure.Figure.savefig matplotlib.mlab.csv2rec
      PIL.Image.open PIL.Image.Image.save PIL.Image.Image.show PIL.ImageFont.truetype PIL.ImageFont.load
      PIL.ImageFont.load_path PIL.ImageFont.FreeTypeFont PIL.ImageTk.PhotoImage PIL.ImageCms.ImageCmsProfile
      PIL.ImageCms.getOpenProfile PIL.PSDraw.PSDraw PIL.TarIO.TarIO PIL.ImageFile.ImageFile
      PIL.ImagePalette.load tensorflow.io.read_file tensorflow.io.write_file
      tensorflow.raw_ops.MatchingFiles tensorflow.train.load_checkpoint tensorflow.data.TextLineDataset
      tensorflow.data.TFRecordDataset tensorflow.data.Dataset.load onnx.load onnx.save onnx.load_model
      onnx.save_model onnx.load_tensor onnx.save_tensor lightgbm.Booster.save_model
      lightgbm.basic.Booster.save_model lightgbm.basic.Booster.dump_model xgboost.Booster.save_model
      xgboost.core.Booster.save_model xgboost.DMatrix xgboost.core.DMatrix catboost.Pool catboost.core.Pool
      h5py.File keras.utils.save_img keras.utils.load_img nltk.data.load nltk.data.find nltk.load_parser
      networkx.read_gml networkx.write_gml networkx.read_graphml networkx.read_edgelist
      networkx.write_edgelist networkx.read_adjlist networkx.read_gpickle networkx.write_gpickle
      gensim.utils.unpickle gensim.utils.pickle gensim.utils.file_or_filename safetensors.torch.save_file
      safetensors.torch.load_file safetensors.safe_open safetensors.numpy.save_file paddle.save
      mxnet.nd.load mxnet.nd.save mxnet.ndarray.load mxnet.ndarray.save mxnet.model.load_checkpoint
      django.utils._os.safe_join django.utils.archive.extract flask.send_file flask.send_from_directory
      werkzeug.utils.send_file click.open_file click.utils.LazyFile click.File click.edit
      click.utils.open_file torchvision.io.read_image torchvision.io.write_png torchvision.io.write_file
      torchvision.io.read_file torchvision.utils.save_image torchaudio.load torchaudio.save soundfile.read
      soundfile.write librosa.load jsonlines.open ujson.dump polars.read_csv polars.scan_csv
      polars.read_parquet polars.DataFrame.write_csv pyarrow.OSFile pyarrow.memory_map pyarrow.input_stream
      pyarrow.output_stream tqdm.contrib.DummyTqdmFile
      """
    ),
    (
      network,
      """
      rpyc.classic.connect rpyc.connect Pyro4.Proxy Pyro4.core.Proxy Pyro5.api.Proxy
      diffusers.DiffusionPipeline.from_pretrained diffusers.StableDiffusionPipeline.from_pretrained
      ultralytics.YOLO ultralytics.models.yolo.model.YOLO xgboost.tracker.RabitTracker
      xgboost.collective.init xgboost.rabit.init
      numpy.lib._datasource.open torch.distributed.init_process_group torch.distributed.TCPStore
      torch.distributed.FileStore torch._C._distributed_c10d.TCPStore torch._C._distributed_c10d.FileStore
      keras.utils.get_file tensorflow.keras.utils.get_file transformers.AutoModel.from_pretrained
      transformers.AutoTokenizer.from_pretrained transformers.AutoConfig.from_pretrained
      datasets.load_dataset datasets.load.load_dataset nltk.download wandb.init wandb.login
      mlflow.set_tracking_uri mlflow.start_run spacy.load spacy.cli.download tensorflow.distribute.Server
      tensorflow.config.experimental_connect_to_cluster tensorflow.profiler.experimental.server.start
      torchvision.models.get_model torch.hub.load_state_dict_from_url flask.Flask.run
      """
    ),
    (
      imports,
      """
      werkzeug.utils.import_string django.utils.module_loading.import_string
      pandas.compat._optional.import_optional_dependency tensorflow.python.util.lazy_loader.LazyLoader
      transformers.utils.import_utils._LazyModule transformers.utils.import_utils.direct_transformers_import
      sklearn.utils._optional_dependencies keras.src.utils.module_utils.LazyModule
      traitlets.utils.importstring.import_item celery.utils.imports.instantiate
      nltk.internals.import_from_stdlib flask.helpers.get_root_path hydra.utils.instantiate
      hydra.utils.get_class hydra.utils.get_method hydra.utils.call hydra.utils.get_object
      jsonargparse.import_object omegaconf._utils._get_class dask.utils.import_required
      torch._dynamo.utils.import_submodule lightning.pytorch.cli.instantiate_class
      pytorch_lightning.utilities.cli.instantiate_class mmengine.config.Config.fromfile
      """
    ),
    (
      loads,
      """
      torch.load torch._C.import_ir_module torch._C.import_ir_module_from_buffer
      torch._C._import_ir_module_from_package torch._C._load_jit_module_from_file
      torch._C._load_jit_module_from_bytes torch._C._load_for_lite_interpreter
      torch._C._load_for_lite_interpreter_from_buffer torch._C._load_mobile_module_from_file
      torch._C._load_mobile_module_from_bytes torch._C._aoti torch._C.CompilationUnit
      torch._C.PyTorchStreamReader joblib.load joblib.numpy_pickle.load joblib.numpy_pickle._unpickle
      joblib.numpy_pickle.NumpyUnpickler joblib.numpy_pickle.NumpyPickler
      joblib.numpy_pickle.load_temporary_memmap joblib.numpy_pickle_compat.load_compatibility
      joblib.numpy_pickle_compat.ZipNumpyUnpickler joblib.numpy_pickle_compat.read_zfile
      joblib.numpy_pickle_utils._read_fileobject sklearn.externals.joblib.load
      joblib._memmapping_reducer.reduce_array_memmap_backward
      joblib._memmapping_reducer._strided_from_memmap pandas.read_pickle pandas.io.pickle.read_pickle
      keras.models.load_model keras.saving.load_model keras.Model.load_weights keras.src.saving.load_model
      keras.models.model_from_json keras.models.model_from_yaml keras.models.model_from_config
      keras.utils.deserialize_keras_object tensorflow.keras.models.load_model
      tensorflow.keras.models.model_from_json tensorflow.saved_model.load tensorflow.io.read_file
      tensorflow.io.write_file tensorflow.python.keras.models.load_model
      tensorflow.python.keras.saving.save.load_model skops.io.load xgboost.Booster.load_model
      xgboost.core.Booster.load_model catboost.CatBoost.load_model catboost.core.CatBoost.load_model
      numpy.lib.npyio.NpzFile numpy.lib.format.read_array numpy.lib.format.open_memmap
      numpy.core.numerictypes.pickle numpy.core.numeric.load paddle.load paddle.jit.load
      mxnet.gluon.SymbolBlock.imports mxnet.optimizer.Updater.set_states mxnet.kvstore.KVStore
      transformers.AutoModel transformers.modeling_utils.load_state_dict transformers.trainer_utils.pickle
      sentence_transformers.SentenceTransformer pytorch_lightning.core.saving.load_from_checkpoint
      lightning_fabric.utilities.cloud_io._load dask.utils.pickle dask.bag.core.pickle nltk.pickle
      sympy.core.cache.pickle statsmodels.iolib.smpickle.load_pickle
      statsmodels.base.model.Results.load statsmodels.api.load gensim.models.KeyedVectors.load
      gensim.utils.SaveLoad.load fastai.learner.load_learner flair.models.SequenceTagger.load
      tensorflow_hub.load django.core.signing.loads django.contrib.sessions.serializers.PickleSerializer
      django.core.cache.backends.base.pickle scipy.io.loadmat surprise.dump.load
      spacy.util.load_model pyod.utils.data.load
      """
    ),
    (
      tampers,
      """
      numpy.set_printoptions numpy.seterr numpy.seterrcall numpy.setbufsize numpy.set_string_function
      numpy.set_numeric_ops numpy.core.multiarray.set_string_function numpy.core.multiarray.set_typeDict
      numpy.random.seed numpy.random.set_state torch.set_default_dtype torch.set_default_tensor_type
      torch.serialization.add_safe_globals torch.serialization.register_package pandas.set_option
      pandas.options.mode wrapt.wrap_function_wrapper wrapt.patch_function_wrapper mock.patch
      keras.utils.set_random_seed joblib.register_compressor joblib.register_store_backend
      joblib.register_parallel_backend sklearn.set_config yaml.add_constructor yaml.add_representer
      requests.packages.urllib3.disable_warnings
      torch.utils.backend_registration._setup_privateuseone_for_python_backend torch.utils.set_module
      """
    ),
  ]
}
