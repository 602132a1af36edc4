# The UI inside the binary: web/ is built by vite and its files become the table zg_web_files (base/embedded.h).
# Vite's file names carry hashes, so they are known only after the build: a step at build time
# (web_embed.cmake) writes the assembly file with one .incbin per file.
#   -DZG_WEB=OFF  leaves the UI out (builds with sanitizers, machines without node); a plain page stands in its place.
option(ZG_WEB "build the UI and put it into the binary (needs node 18 or newer, and npm)" ON)

# zg_web(target): a static library of its own, so that vite need not wait for the C++ below the server.
function(zg_web target)
  if(NOT ZG_WEB)
    set(page ${PROJECT_SOURCE_DIR}/src/http/left_out)
    add_library(${target} STATIC)
    zg_embed(${target} zg_web_files ROOT ${page} FILES ${page}/index.html)
    return()
  endif()
  find_program(ZG_NODE node)
  find_program(ZG_NPM npm)
  find_program(ZG_GZIP gzip)
  if(NOT ZG_NODE OR NOT ZG_NPM OR NOT ZG_GZIP)
    message(FATAL_ERROR "The UI needs node (18 or newer), npm and gzip. Install them, or leave it out: -DZG_WEB=OFF")
  endif()
  execute_process(COMMAND ${ZG_NODE} --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX REPLACE "^v" "" node_version "${node_version}")
  if(node_version VERSION_LESS 18)
    message(FATAL_ERROR "The UI needs node 18 or newer; ${ZG_NODE} is ${node_version}. Or leave it out: -DZG_WEB=OFF")
  endif()

  set(web ${PROJECT_SOURCE_DIR}/web)
  set(work ${CMAKE_BINARY_DIR}/web)
  set(asm ${work}/zg_web_files.S)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/src/* ${web}/public/*)
  file(GLOB settings CONFIGURE_DEPENDS ${web}/*.json ${web}/*.ts ${web}/*.html)
  list(FILTER sources EXCLUDE REGEX "\\.test\\.ts$")
  add_custom_command(
    OUTPUT ${asm}
    COMMAND ${CMAKE_COMMAND} -DWEB=${web} -DWORK=${work} -DASM=${asm} -DNPM=${ZG_NPM} -DGZIP=${ZG_GZIP}
            -P ${PROJECT_SOURCE_DIR}/cmake/web_embed.cmake
    DEPENDS ${sources} ${settings} ${PROJECT_SOURCE_DIR}/cmake/web_embed.cmake
    COMMENT "Building the UI (web/)"
    VERBATIM)
  set_source_files_properties(${asm} PROPERTIES GENERATED TRUE LANGUAGE ASM)
  add_library(${target} STATIC ${asm})
endfunction()
