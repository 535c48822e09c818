package org.jetfold.tables.hdf5;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.tables.events.LeftOut;

/**
 * Finds the datasets of a file, whatever group they are in. jHDF reads all objects of a group or
 * none, so that one of a kind it does not know makes the others unreadable, and follows links in
 * circles; here each object is read on its own, and once.
 */
final class ObjectWalk {
  /** Groups deeper than these are a hostile file's. */
  private static final int MAX_DEPTH = 256;

  /** Soft links and links to other files are not followed. */
  private static final int SOFT_LINK = 2;

  private final HdfBackingStorage storage;
  private final LeftOut leftOut;
  private final Set<Long> visited = new HashSet<>();
  private final Map<String, HeaderMessages.Header> datasets = new LinkedHashMap<>();

  private ObjectWalk(HdfBackingStorage storage, LeftOut leftOut) {
    this.storage = storage;
    this.leftOut = leftOut;
  }

  /**
   * The headers of all datasets, by their names with those of the groups around them.
   *
   * @param root where the root group's header is
   * @param leftOut gets objects that jHDF cannot read
   */
  static Map<String, HeaderMessages.Header> datasets(
      HdfBackingStorage storage, long root, LeftOut leftOut) {
    ObjectWalk walk = new ObjectWalk(storage, leftOut);
    walk.visited.add(root);
    walk.group("", HeaderMessages.read(storage, root).messages(), 0);
    return walk.datasets;
  }

  private void group(String path, ObjectHeader header, int depth) {
    links(header)
        .forEach((name, address) -> {
          if (visited.add(address)) {
            object(path + name, address, depth);
          }
        });
  }

  private void object(String path, long address, int depth) {
    try {
      HeaderMessages.Header object = HeaderMessages.read(storage, address);
      ObjectHeader header = object.messages();
      if (header.hasMessageOfType(DataSpaceMessage.class)) {
        datasets.put(path, object);
      } else if (!header.hasMessageOfType(DataTypeMessage.class)) {
        if (depth == MAX_DEPTH) {
          throw new IllegalArgumentException("more than %d groups deep".formatted(MAX_DEPTH));
        }
        group(path + "/", header, depth + 1);
      }
    } catch (RuntimeException e) {
      Hdf5Source.leaveOut(leftOut, path, e);
    }
  }

  /** The objects of a group: their names and where their headers are. */
  private Map<String, Long> links(ObjectHeader header) {
    Map<String, Long> links = new LinkedHashMap<>();
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      SymbolTableMessage table = header.getMessageOfType(SymbolTableMessage.class);
      ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
      for (long node :
          BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
        for (SymbolTableEntry entry :
            new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
          if (entry.getCacheType() != SOFT_LINK) {
            ByteBuffer name = names.duplicate().position(entry.getLinkNameOffset());
            add(links, Utils.readUntilNull(name), entry.getObjectHeaderAddress());
          }
        }
      }
      return links;
    }
    for (LinkMessage link : linkMessages(header)) {
      if (link.getLinkType() == LinkMessage.LinkType.HARD) {
        add(links, link.getLinkName(), link.getHardLinkAddress());
      }
    }
    return links;
  }

  /** Adds a link; bytes that are no UTF-8 may make two names the same. */
  private void add(Map<String, Long> links, String name, long address) {
    Long other = links.putIfAbsent(name, address);
    if (other != null && other != address) {
      leftOut.addUnreadable(
          "dataset", name, "another has the same name, as text in UTF-8: rename one");
    }
  }

  private List<LinkMessage> linkMessages(ObjectHeader header) {
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    if (info.getBTreeNameIndexAddress() == io.jhdf.Constants.UNDEFINED_ADDRESS) {
      return header.getMessagesOfType(LinkMessage.class);
    }
    BTreeV2<LinkNameForIndexedGroupRecord> index =
        new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    List<LinkMessage> links = new ArrayList<>();
    for (LinkNameForIndexedGroupRecord link : index.getRecords()) {
      links.add(LinkMessage.fromBuffer(heap.getId(link.getId()), storage.getSuperblock()));
    }
    return links;
  }
}
