# The Debian package: cpack -G DEB in the build folder → zhenggai_VERSION_amd64.deb. Tested by tests/deploy/deb.
# The package has the program alone; whoever runs cpack has built it.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(TARGETS zhenggai RUNTIME DESTINATION bin)
install(FILES ${PROJECT_SOURCE_DIR}/deploy/systemd/zhenggai.service DESTINATION /lib/systemd/system)
install(FILES ${PROJECT_SOURCE_DIR}/deploy/zhenggai.toml DESTINATION /etc/zhenggai)
file(GLOB package_docs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/*.md)
install(FILES ${package_docs} ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/README.zh-CN.md DESTINATION share/doc/zhenggai)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/zhenggai RENAME copyright)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/deploy/ DESTINATION share/doc/zhenggai/examples
        PATTERN debian EXCLUDE PATTERN zhenggai.service EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION share/doc/zhenggai/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME zhenggai)
set(CPACK_PACKAGE_VENDOR zhenggai)
set(CPACK_PACKAGE_CONTACT "zhenggai <office@example.cn>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "ledger of environmental rectification tasks")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Reads inspection reports and rectification plans, keeps their tasks, deadlines, evidence
 and decisions in a ledger that can be proved, and serves it to an office in the browser.")
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser")
# Without them it runs, and says which files it cannot read.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "poppler-utils, poppler-data, fonts-noto-cjk, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
    "libreoffice-writer-nogui, libreoffice-calc-nogui, tesseract-ocr, tesseract-ocr-chi-sim, fonts-arphic-ukai, nginx, postgresql-15")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(debian ${PROJECT_SOURCE_DIR}/deploy/debian)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${debian}/postinst ${debian}/prerm ${debian}/postrm ${debian}/conffiles)
include(CPack)
