package org.jetfold.root.streamer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ROOT's own classes that are read where a file does not describe them: those that describe
 * classes, which must be known before a file's list can be read, and those that trees are made of,
 * which some writers leave out of the list.
 */
final class BuiltIn {
  /** A class and version a line, then its base classes, then its members with their types. */
  private static final String CLASSES =
      """
      TNamed 1 TObject fName=text fTitle=text
      TObjString 1 TObject fString=text
      TStreamerInfo 9 TNamed fCheckSum=uint fClassVersion=int fElements=pointer
      TStreamerElement 2 TNamed fType=int fSize=int fArrayLength=int fArrayDim=int fMaxIndex=int[5] fTypeName=text
      TStreamerElement 3 TNamed fType=int fSize=int fArrayLength=int fArrayDim=int fMaxIndex=int[5] fTypeName=text fXmin=double fXmax=double fFactor=double
      TStreamerElement 4 TNamed fType=int fSize=int fArrayLength=int fArrayDim=int fMaxIndex=int[5] fTypeName=text
      TStreamerBase 2 TStreamerElement
      TStreamerBase 3 TStreamerElement fBaseVersion=int
      TStreamerBasicType 2 TStreamerElement
      TStreamerBasicPointer 2 TStreamerElement fCountVersion=int fCountName=text fCountClass=text
      TStreamerLoop 2 TStreamerElement fCountVersion=int fCountName=text fCountClass=text
      TStreamerObject 2 TStreamerElement
      TStreamerObjectPointer 2 TStreamerElement
      TStreamerObjectAny 2 TStreamerElement
      TStreamerObjectAnyPointer 1 TStreamerElement
      TStreamerString 2 TStreamerElement
      TStreamerSTL 3 TStreamerElement fSTLtype=int fCtype=int
      TStreamerSTLstring 2 TStreamerSTL
      TStreamerArtificial 0 TStreamerElement
      TAttLine 2 fLineColor=short fLineStyle=short fLineWidth=short
      TAttFill 2 fFillColor=short fFillStyle=short
      TAttMarker 2 fMarkerColor=short fMarkerStyle=short fMarkerSize=float
      ROOT::TIOFeatures 1 fIOBits=uchar
      TLeaf 2 TNamed fLen=int fLenType=int fOffset=int fIsRange=bool fIsUnsigned=bool fLeafCount=pointer
      TLeafElement 1 TLeaf fID=int fType=int
      TLeafObject 4 TLeaf fVirtual=bool
      TLeafO 1 TLeaf fMinimum=bool fMaximum=bool
      TLeafB 1 TLeaf fMinimum=char fMaximum=char
      TLeafC 1 TLeaf fMinimum=int fMaximum=int
      TLeafS 1 TLeaf fMinimum=short fMaximum=short
      TLeafI 1 TLeaf fMinimum=int fMaximum=int
      TLeafL 1 TLeaf fMinimum=long fMaximum=long
      TLeafG 1 TLeaf fMinimum=long fMaximum=long
      TLeafF 1 TLeaf fMinimum=float fMaximum=float
      TLeafD 1 TLeaf fMinimum=double fMaximum=double
      TLeafF16 1 TLeaf fMinimum=float16 fMaximum=float16
      TLeafD32 1 TLeaf fMinimum=double32 fMaximum=double32
      TBranch 10 TNamed TAttFill fCompress=int fBasketSize=int fEntryOffsetLen=int fWriteBasket=int fEntryNumber=long fOffset=int fMaxBaskets=int fSplitLevel=int fEntries=long fTotBytes=long fZipBytes=long fBranches=TObjArray fLeaves=TObjArray fBaskets=TObjArray fBasketBytes=int*fMaxBaskets fBasketEntry=long*fMaxBaskets fBasketSeek=long*fMaxBaskets fFileName=text
      TBranch 12 TNamed TAttFill fCompress=int fBasketSize=int fEntryOffsetLen=int fWriteBasket=int fEntryNumber=long fOffset=int fMaxBaskets=int fSplitLevel=int fEntries=long fFirstEntry=long fTotBytes=long fZipBytes=long fBranches=TObjArray fLeaves=TObjArray fBaskets=TObjArray fBasketBytes=int*fMaxBaskets fBasketEntry=long*fMaxBaskets fBasketSeek=long*fMaxBaskets fFileName=text
      TBranch 13 TNamed TAttFill fCompress=int fBasketSize=int fEntryOffsetLen=int fWriteBasket=int fEntryNumber=long fIOFeatures=ROOT::TIOFeatures fOffset=int fMaxBaskets=int fSplitLevel=int fEntries=long fFirstEntry=long fTotBytes=long fZipBytes=long fBranches=TObjArray fLeaves=TObjArray fBaskets=TObjArray fBasketBytes=int*fMaxBaskets fBasketEntry=long*fMaxBaskets fBasketSeek=long*fMaxBaskets fFileName=text
      TBranchElement 9 TBranch fClassName=text fParentName=text fClonesName=text fCheckSum=uint fClassVersion=int fID=int fType=int fStreamerType=int fMaximum=int fBranchCount=pointer fBranchCount2=pointer
      TBranchElement 10 TBranch fClassName=text fParentName=text fClonesName=text fCheckSum=uint fClassVersion=short fID=int fType=int fStreamerType=int fMaximum=int fBranchCount=pointer fBranchCount2=pointer
      TTree 19 TNamed TAttLine TAttFill TAttMarker fEntries=long fTotBytes=long fZipBytes=long fSavedBytes=long fFlushedBytes=long fWeight=double fTimerInterval=int fScanField=int fUpdate=int fDefaultEntryOffsetLen=int fNClusterRange=int fMaxEntries=long fMaxEntryLoop=long fMaxVirtualSize=long fAutoSave=long fAutoFlush=long fEstimate=long fClusterRangeEnd=long*fNClusterRange fClusterSize=long*fNClusterRange fBranches=TObjArray
      TTree 20 TNamed TAttLine TAttFill TAttMarker fEntries=long fTotBytes=long fZipBytes=long fSavedBytes=long fFlushedBytes=long fWeight=double fTimerInterval=int fScanField=int fUpdate=int fDefaultEntryOffsetLen=int fNClusterRange=int fMaxEntries=long fMaxEntryLoop=long fMaxVirtualSize=long fAutoSave=long fAutoFlush=long fEstimate=long fClusterRangeEnd=long*fNClusterRange fClusterSize=long*fNClusterRange fIOFeatures=ROOT::TIOFeatures fBranches=TObjArray
      TNtuple 2 TTree fNvar=int
      TNtupleD 1 TTree fNvar=int
      TDatime 1 fDatime=uint
      TUUID 1 fTimeLow=uint fTimeMid=ushort fTimeHiAndVersion=ushort fClockSeqHiAndReserved=uchar fClockSeqLow=uchar fNode=uchar[6]
      TBits 1 TObject fNbits=uint fNbytes=uint fAllBits=uchar*fNbytes
      """;

  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("text", ElementType.TSTRING),
          Map.entry("pointer", ElementType.OBJECT_POINTER),
          Map.entry("bool", ElementType.BOOL),
          Map.entry("char", ElementType.CHAR),
          Map.entry("uchar", ElementType.UNSIGNED_CHAR),
          Map.entry("short", ElementType.SHORT),
          Map.entry("ushort", ElementType.UNSIGNED_SHORT),
          Map.entry("int", ElementType.INT),
          Map.entry("uint", ElementType.UNSIGNED_INT),
          Map.entry("long", ElementType.LONG64),
          Map.entry("float", ElementType.FLOAT),
          Map.entry("double", ElementType.DOUBLE),
          Map.entry("float16", ElementType.FLOAT16),
          Map.entry("double32", ElementType.DOUBLE32));

  /** A member: its name, its type, and the length of an array or the member that holds it. */
  private static final Pattern MEMBER =
      Pattern.compile("(\\w+)=([\\w:]+)(?:\\[(\\d+)]|\\*(\\w+))?");

  /** All of them. */
  static final StreamerInfos INFOS =
      StreamerInfos.only(CLASSES.lines().map(BuiltIn::info).toList());

  private BuiltIn() {}

  private static StreamerInfo info(String line) {
    String[] parts = line.split(" ");
    List<StreamerElement> elements = new ArrayList<>();
    for (String part : List.of(parts).subList(2, parts.length)) {
      elements.add(part.contains("=") ? member(part, parts[0]) : StreamerElement.base(part));
    }
    return new StreamerInfo(parts[0], Integer.parseInt(parts[1]), 0, elements);
  }

  private static StreamerElement member(String text, String className) {
    Matcher parts = MEMBER.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    String name = parts.group(1);
    Integer type = TYPES.get(parts.group(2));
    if (type == null) {
      return StreamerElement.member(name, ElementType.OBJECT, parts.group(2));
    }
    if (parts.group(3) != null) {
      List<Integer> dimensions = List.of(Integer.valueOf(parts.group(3)));
      return StreamerElement.array(name, ElementType.OFFSET_ARRAY + type, "", dimensions, "", "");
    }
    if (parts.group(4) != null) {
      return StreamerElement.array(
          name, ElementType.OFFSET_POINTER + type, "", List.of(), parts.group(4), className);
    }
    return StreamerElement.member(name, type, "");
  }
}
