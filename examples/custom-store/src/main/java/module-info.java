/** Bits of binary in a table of SQLite. */
module org.example.store.jdbc {
  requires transitive dev.bobbin.xmpp.bob;
  requires java.sql;
  requires org.xerial.sqlitejdbc;

  exports org.example.store.jdbc;

  provides dev.bobbin.xmpp.bob.spi.BobStoreProvider with
      org.example.store.jdbc.JdbcBobStoreProvider;
}
