<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>About</name>
    <message>
        <source>About crowdgui</source>
        <translation>crowdgui 정보</translation>
    </message>
    <message>
        <source>Counts people in pictures of crowds. No picture leaves this computer.</source>
        <translation>군중 사진에서 인원을 셉니다. 사진은 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>A count is an estimate: look at the density map before you rely on it.</source>
        <translation>인원 수는 추정값입니다. 사용하기 전에 밀도 지도를 확인하세요.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>The code: MIT licence.</source>
        <translation>코드: MIT 라이선스.</translation>
    </message>
    <message>
        <source>Qt and PySide6 are used under the LGPL version 3; their libraries lie beside the program and may be replaced.</source>
        <translation>Qt와 PySide6는 LGPL 버전 3에 따라 사용합니다. 라이브러리는 프로그램 옆에 있으며 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>The weights:</source>
        <translation>가중치:</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>폴더 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>Open all pictures of a folder</source>
        <translation>폴더의 모든 사진 열기</translation>
    </message>
    <message>
        <source>&amp;Demo scene</source>
        <translation>데모 장면(&amp;D)</translation>
    </message>
    <message>
        <source>Show a rendered scene whose true count is known</source>
        <translation>실제 인원 수를 아는 합성 장면 보기</translation>
    </message>
    <message>
        <source>&amp;Save with density map…</source>
        <translation>밀도 지도와 함께 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the picture with its density map</source>
        <translation>밀도 지도를 입힌 사진 저장</translation>
    </message>
    <message>
        <source>Save density as &amp;numbers…</source>
        <translation>밀도를 숫자로 저장(&amp;N)…</translation>
    </message>
    <message>
        <source>Save the density map as .npy or .tif, persons per cell</source>
        <translation>밀도 지도를 .npy나 .tif로 저장 (칸마다 인원)</translation>
    </message>
    <message>
        <source>&amp;Export counts…</source>
        <translation>인원 수 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Save the counts of all pictures as CSV or JSON</source>
        <translation>모든 사진의 인원 수를 CSV나 JSON으로 저장</translation>
    </message>
    <message>
        <source>S&amp;how its folder</source>
        <translation>사진이 있는 폴더 보기(&amp;H)</translation>
    </message>
    <message>
        <source>Open the folder of the picture in the file manager</source>
        <translation>파일 관리자에서 사진의 폴더를 엽니다</translation>
    </message>
    <message>
        <source>Close &amp;this picture</source>
        <translation>이 사진 닫기(&amp;T)</translation>
    </message>
    <message>
        <source>Take this picture off the list; its file stays</source>
        <translation>이 사진을 목록에서 뺍니다. 파일은 그대로 있습니다</translation>
    </message>
    <message>
        <source>&amp;Close all pictures</source>
        <translation>모든 사진 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Close all pictures</source>
        <translation>모든 사진 닫기</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>종료(&amp;Q)</translation>
    </message>
    <message>
        <source>Quit the program</source>
        <translation>프로그램 종료</translation>
    </message>
    <message>
        <source>&amp;Copy count</source>
        <translation>인원 수 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the count with one decimal</source>
        <translation>인원 수를 소수 첫째 자리까지 복사</translation>
    </message>
    <message>
        <source>Copy &amp;picture</source>
        <translation>사진 복사(&amp;P)</translation>
    </message>
    <message>
        <source>Copy what is seen: the picture, its map and its regions</source>
        <translation>보이는 그대로 복사: 사진, 밀도 지도, 영역</translation>
    </message>
    <message>
        <source>Copy &amp;file</source>
        <translation>파일 복사(&amp;F)</translation>
    </message>
    <message>
        <source>Copy the picture&apos;s file, or its path where text is pasted</source>
        <translation>사진 파일을 복사합니다. 글에 붙이면 경로가 됩니다</translation>
    </message>
    <message>
        <source>P&amp;aste picture</source>
        <translation>사진 붙여넣기(&amp;A)</translation>
    </message>
    <message>
        <source>Open the picture or the files on the clipboard</source>
        <translation>클립보드의 사진이나 파일 열기</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>첫 사진</translation>
    </message>
    <message>
        <source>Go to the first picture</source>
        <translation>첫 사진으로 이동</translation>
    </message>
    <message>
        <source>Last picture</source>
        <translation>마지막 사진</translation>
    </message>
    <message>
        <source>Go to the last picture</source>
        <translation>마지막 사진으로 이동</translation>
    </message>
    <message>
        <source>Find &amp;by name</source>
        <translation>이름으로 찾기(&amp;B)</translation>
    </message>
    <message>
        <source>Look for an opened picture by its name</source>
        <translation>열려 있는 사진을 이름으로 찾기</translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation>이전 사진(&amp;P)</translation>
    </message>
    <message>
        <source>Go to the previous picture</source>
        <translation>이전 사진으로 이동</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>다음 사진(&amp;N)</translation>
    </message>
    <message>
        <source>Go to the next picture</source>
        <translation>다음 사진으로 이동</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>창에 맞춤(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>사진 전체 보기</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>실제 크기(&amp;A)</translation>
    </message>
    <message>
        <source>Show a pixel of the picture as a pixel of the screen</source>
        <translation>사진의 픽셀을 화면의 픽셀과 1:1로 보기</translation>
    </message>
    <message>
        <source>&amp;Zoom to…</source>
        <translation>배율 입력(&amp;Z)…</translation>
    </message>
    <message>
        <source>Type a zoom as a percentage into the status bar</source>
        <translation>상태 표시줄에 배율을 백분율로 입력</translation>
    </message>
    <message>
        <source>&amp;Density map</source>
        <translation>밀도 지도(&amp;D)</translation>
    </message>
    <message>
        <source>Show where the people are</source>
        <translation>사람이 있는 위치 표시</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>사각형(&amp;R)</translation>
    </message>
    <message>
        <source>Drag a rectangle to count the people in it</source>
        <translation>사각형을 끌어 그 안의 인원 세기</translation>
    </message>
    <message>
        <source>Pol&amp;ygon</source>
        <translation>다각형(&amp;Y)</translation>
    </message>
    <message>
        <source>Click the corners of a region; a double click or Enter closes it</source>
        <translation>영역의 꼭짓점을 클릭하세요. 두 번 클릭하거나 Enter를 누르면 닫힙니다</translation>
    </message>
    <message>
        <source>Ne&amp;xt region</source>
        <translation>다음 영역(&amp;X)</translation>
    </message>
    <message>
        <source>Select the next region</source>
        <translation>다음 영역을 선택</translation>
    </message>
    <message>
        <source>Previous re&amp;gion</source>
        <translation>이전 영역(&amp;G)</translation>
    </message>
    <message>
        <source>Select the region before</source>
        <translation>이전 영역을 선택</translation>
    </message>
    <message>
        <source>Rena&amp;me region…</source>
        <translation>영역 이름 바꾸기(&amp;M)…</translation>
    </message>
    <message>
        <source>Give the selected region a name of your own</source>
        <translation>선택한 영역에 원하는 이름을 붙임</translation>
    </message>
    <message>
        <source>Dupl&amp;icate region</source>
        <translation>영역 복제(&amp;I)</translation>
    </message>
    <message>
        <source>Put a copy of the selected region a little aside</source>
        <translation>선택한 영역의 사본을 조금 옆에 놓음</translation>
    </message>
    <message>
        <source>&amp;Save regions…</source>
        <translation>영역 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the regions as a file, to have them again</source>
        <translation>다시 쓸 수 있도록 영역을 파일로 저장</translation>
    </message>
    <message>
        <source>&amp;Load regions…</source>
        <translation>영역 불러오기(&amp;L)…</translation>
    </message>
    <message>
        <source>Take the regions of a file in place of those here</source>
        <translation>지금 영역 대신 파일에 있는 영역 쓰기</translation>
    </message>
    <message>
        <source>Remo&amp;ve regions</source>
        <translation>영역 지우기(&amp;V)</translation>
    </message>
    <message>
        <source>Remove the selected region, or all of them</source>
        <translation>선택한 영역을, 없으면 모든 영역을 지움</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Take back what was done last to regions or marks</source>
        <translation>영역이나 머리 표시에 마지막으로 한 일 되돌리기</translation>
    </message>
    <message>
        <source>Re&amp;do</source>
        <translation>다시 실행(&amp;D)</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>되돌린 것을 다시 합니다</translation>
    </message>
    <message>
        <source>Count a&amp;ll</source>
        <translation>모두 세기(&amp;L)</translation>
    </message>
    <message>
        <source>Count every opened picture</source>
        <translation>연 사진을 모두 세기</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>취소(&amp;N)</translation>
    </message>
    <message>
        <source>Stop drawing a region, or the work in the status bar</source>
        <translation>영역 그리기나 상태 표시줄의 작업 중지</translation>
    </message>
    <message>
        <source>Picture &amp;list</source>
        <translation>사진 목록(&amp;L)</translation>
    </message>
    <message>
        <source>Show the list of opened pictures</source>
        <translation>연 사진의 목록 표시</translation>
    </message>
    <message>
        <source>Re&amp;sult and settings</source>
        <translation>결과와 설정(&amp;S)</translation>
    </message>
    <message>
        <source>Show the count and the settings</source>
        <translation>인원 수와 설정 표시</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>Fill the screen, or leave it</source>
        <translation>전체 화면으로 전환하거나 되돌리기</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>시스템 설정(&amp;S)</translation>
    </message>
    <message>
        <source>Light or dark as the system is</source>
        <translation>시스템의 밝기 설정을 따름</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>Dark text on light ground</source>
        <translation>밝은 바탕에 어두운 글자</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>Light text on dark ground</source>
        <translation>어두운 바탕에 밝은 글자</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>둘러보기(&amp;T)</translation>
    </message>
    <message>
        <source>Show in four steps what the program does</source>
        <translation>프로그램이 하는 일을 네 단계로 보여 줍니다</translation>
    </message>
    <message>
        <source>Actions and &amp;keys…</source>
        <translation>동작과 단축키(&amp;K)…</translation>
    </message>
    <message>
        <source>Find any action, carry it out, and see or change its keys</source>
        <translation>동작을 찾아 실행하고, 단축키를 보거나 바꾸기</translation>
    </message>
    <message>
        <source>Open the &amp;log&apos;s folder</source>
        <translation>로그 폴더 열기(&amp;L)</translation>
    </message>
    <message>
        <source>Open the folder of the log and of crash reports</source>
        <translation>로그와 오류 보고서가 있는 폴더를 엽니다</translation>
    </message>
    <message>
        <source>&amp;Reset settings…</source>
        <translation>설정 초기화(&amp;R)…</translation>
    </message>
    <message>
        <source>Make all settings as they were at the first start</source>
        <translation>모든 설정을 처음 시작했을 때로 되돌립니다</translation>
    </message>
    <message>
        <source>&amp;About crowdgui</source>
        <translation>crowdgui 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>버전과 라이선스</translation>
    </message>
    <message>
        <source>&amp;Choose annotated pictures…</source>
        <translation>주석이 있는 사진 선택(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose a folder of annotated pictures</source>
        <translation>주석이 있는 사진 폴더 선택</translation>
    </message>
    <message>
        <source>&amp;Evaluate</source>
        <translation>평가(&amp;E)</translation>
    </message>
    <message>
        <source>Compare the models&apos; counts with the truth</source>
        <translation>모델의 인원 수를 실제 인원과 비교</translation>
    </message>
    <message>
        <source>E&amp;xport results…</source>
        <translation>결과 내보내기(&amp;X)…</translation>
    </message>
    <message>
        <source>Save the table or all pictures&apos; errors as CSV or JSON</source>
        <translation>표나 사진별 오차를 CSV나 JSON으로 저장</translation>
    </message>
    <message>
        <source>&amp;Import a model…</source>
        <translation>모델 가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>Add a model: .safetensors, .onnx, .pth or .h5</source>
        <translation>모델 파일(.safetensors, .onnx, .pth, .h5)을 추가합니다</translation>
    </message>
    <message>
        <source>Re&amp;name the model</source>
        <translation>모델 이름 바꾸기(&amp;N)</translation>
    </message>
    <message>
        <source>Give a model that you added another name</source>
        <translation>추가한 모델의 이름 바꾸기</translation>
    </message>
    <message>
        <source>Remo&amp;ve the model…</source>
        <translation>모델 삭제(&amp;V)…</translation>
    </message>
    <message>
        <source>Delete a model that you added</source>
        <translation>추가한 모델 삭제</translation>
    </message>
    <message>
        <source>Use by &amp;default</source>
        <translation>기본으로 사용(&amp;D)</translation>
    </message>
    <message>
        <source>Count with this model, now and at every start</source>
        <translation>지금부터, 시작할 때마다 이 모델로 세기</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 항목 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>Mar&amp;k</source>
        <translation>표시(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>학습(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>실시간(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Broker</source>
        <translation>브로커(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>&amp;Count</source>
        <translation>세기(&amp;C)</translation>
    </message>
    <message>
        <source>Count the people in pictures</source>
        <translation>사진 속 인원 세기</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>비교(&amp;M)</translation>
    </message>
    <message>
        <source>Several models on one picture, side by side</source>
        <translation>한 사진에 여러 모델을 나란히</translation>
    </message>
    <message>
        <source>Mark heads by hand, to measure and to train</source>
        <translation>머리를 직접 표시해 오차를 재고 학습하기</translation>
    </message>
    <message>
        <source>E&amp;valuate</source>
        <translation>평가(&amp;V)</translation>
    </message>
    <message>
        <source>Errors of the models over annotated pictures</source>
        <translation>주석이 있는 사진에서 모델의 오차</translation>
    </message>
    <message>
        <source>Mod&amp;els</source>
        <translation>모델(&amp;E)</translation>
    </message>
    <message>
        <source>What is installed, and how it computes</source>
        <translation>설치된 모델과 계산 방식</translation>
    </message>
    <message>
        <source>T&amp;rain</source>
        <translation>학습(&amp;R)</translation>
    </message>
    <message>
        <source>Distil a student and watch how it learns</source>
        <translation>학생 모델을 증류하고 학습 과정을 지켜보기</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Cameras, streams and videos, counted as they come</source>
        <translation>카메라·스트림·동영상을 들어오는 대로 셉니다</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>장치 현황</translation>
    </message>
    <message>
        <source>Every watcher of a broker at one glance</source>
        <translation>브로커에 연결된 모든 감시 장치를 한눈에</translation>
    </message>
    <message>
        <source>Training da&amp;ta…</source>
        <translation>학습 데이터(&amp;T)…</translation>
    </message>
    <message>
        <source>Choose a folder of annotated pictures to train on</source>
        <translation>학습할 주석 있는 사진 폴더 선택</translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation>학습 시작(&amp;S)</translation>
    </message>
    <message>
        <source>Train a student with the settings of the page</source>
        <translation>이 페이지의 설정으로 학생 모델 학습</translation>
    </message>
    <message>
        <source>Pause or resu&amp;me</source>
        <translation>일시정지 또는 재개(&amp;M)</translation>
    </message>
    <message>
        <source>Let the training wait, or go on</source>
        <translation>학습을 잠시 멈추거나 이어서 하기</translation>
    </message>
    <message>
        <source>Sto&amp;p training</source>
        <translation>학습 중지(&amp;P)</translation>
    </message>
    <message>
        <source>End the training and keep its best weights</source>
        <translation>학습을 끝내고 가장 좋은 가중치를 보관</translation>
    </message>
    <message>
        <source>&amp;Cancel training…</source>
        <translation>학습 취소(&amp;C)…</translation>
    </message>
    <message>
        <source>End the training and delete all of it</source>
        <translation>학습을 끝내고 모두 삭제</translation>
    </message>
    <message>
        <source>C&amp;ontinue the run</source>
        <translation>실행 이어서 하기(&amp;O)</translation>
    </message>
    <message>
        <source>Train on from the last state that was saved</source>
        <translation>마지막으로 저장된 상태에서 학습 계속</translation>
    </message>
    <message>
        <source>&amp;Use this model…</source>
        <translation>이 모델 사용(&amp;U)…</translation>
    </message>
    <message>
        <source>Put the run&apos;s best weights among the models that count</source>
        <translation>실행의 가장 좋은 가중치를 세는 모델에 추가</translation>
    </message>
    <message>
        <source>Export as O&amp;NNX…</source>
        <translation>ONNX로 내보내기(&amp;N)…</translation>
    </message>
    <message>
        <source>Write the run&apos;s best weights for other programs</source>
        <translation>실행의 가장 좋은 가중치를 다른 프로그램용으로 저장</translation>
    </message>
    <message>
        <source>Export the p&amp;lot…</source>
        <translation>그래프 내보내기(&amp;L)…</translation>
    </message>
    <message>
        <source>Save the plot in front as PNG or SVG</source>
        <translation>보이는 그래프를 PNG 또는 SVG로 저장</translation>
    </message>
    <message>
        <source>Export the t&amp;able…</source>
        <translation>표 내보내기(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the table of runs, or of the sweep, as CSV</source>
        <translation>실행 표나 스윕 표를 CSV로 저장</translation>
    </message>
    <message>
        <source>Open the run&apos;s &amp;folder</source>
        <translation>실행 폴더 열기(&amp;F)</translation>
    </message>
    <message>
        <source>Show the files of the run</source>
        <translation>실행의 파일 보기</translation>
    </message>
    <message>
        <source>&amp;Runs of another folder…</source>
        <translation>다른 폴더의 실행(&amp;R)…</translation>
    </message>
    <message>
        <source>List the runs of the command line or of another computer; new trainings go there too</source>
        <translation>명령줄이나 다른 컴퓨터의 실행을 보여 줍니다. 새 학습도 그곳에 저장됩니다</translation>
    </message>
    <message>
        <source>Runs of this pro&amp;gram</source>
        <translation>이 프로그램의 실행(&amp;G)</translation>
    </message>
    <message>
        <source>List the runs that this program keeps itself</source>
        <translation>이 프로그램이 보관하는 실행을 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Delete runs…</source>
        <translation>실행 삭제(&amp;D)…</translation>
    </message>
    <message>
        <source>Delete the chosen runs from the disk</source>
        <translation>선택한 실행을 디스크에서 삭제</translation>
    </message>
    <message>
        <source>&amp;Connect to the broker</source>
        <translation>브로커에 연결(&amp;C)</translation>
    </message>
    <message>
        <source>Listen to the watchers of the broker</source>
        <translation>브로커에서 감시 장치의 소식을 받습니다</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>연결 끊기(&amp;D)</translation>
    </message>
    <message>
        <source>End the connection to the broker</source>
        <translation>브로커와의 연결을 끝냅니다</translation>
    </message>
    <message>
        <source>&amp;Camera…</source>
        <translation>카메라(&amp;C)…</translation>
    </message>
    <message>
        <source>Count what a camera of this computer sees</source>
        <translation>이 컴퓨터의 카메라에 보이는 사람을 셉니다</translation>
    </message>
    <message>
        <source>&amp;Video…</source>
        <translation>동영상(&amp;V)…</translation>
    </message>
    <message>
        <source>Play a video file and count it</source>
        <translation>동영상 파일을 재생하며 셉니다</translation>
    </message>
    <message>
        <source>&amp;Address…</source>
        <translation>주소(&amp;A)…</translation>
    </message>
    <message>
        <source>Count a network camera: RTSP, or MJPEG over HTTP</source>
        <translation>네트워크 카메라를 셉니다: RTSP 또는 HTTP의 MJPEG</translation>
    </message>
    <message>
        <source>&amp;Moving demo</source>
        <translation>움직이는 데모(&amp;M)</translation>
    </message>
    <message>
        <source>Count a rendered crowd that walks</source>
        <translation>걸어 다니는 가상의 군중을 셉니다</translation>
    </message>
    <message>
        <source>&amp;Remove the source</source>
        <translation>소스 제거(&amp;R)</translation>
    </message>
    <message>
        <source>End the source that is large</source>
        <translation>크게 보이는 소스를 끝냅니다</translation>
    </message>
    <message>
        <source>Open a&amp;gain</source>
        <translation>다시 열기(&amp;G)</translation>
    </message>
    <message>
        <source>Connect to the source anew, or play a video from its start</source>
        <translation>소스에 다시 연결하거나 동영상을 처음부터 재생합니다</translation>
    </message>
    <message>
        <source>Nam&amp;e…</source>
        <translation>이름(&amp;E)…</translation>
    </message>
    <message>
        <source>Give the source that is large a name of your own</source>
        <translation>크게 보이는 소스에 원하는 이름을 붙입니다</translation>
    </message>
    <message>
        <source>&amp;Zones…</source>
        <translation>구역(&amp;Z)…</translation>
    </message>
    <message>
        <source>Draw the zones of the source, with their limits</source>
        <translation>소스의 구역과 한계를 그립니다</translation>
    </message>
    <message>
        <source>Analyse every &amp;frame…</source>
        <translation>모든 프레임 분석(&amp;F)…</translation>
    </message>
    <message>
        <source>Count all frames of the video; save table, plot and video</source>
        <translation>동영상의 모든 프레임을 세어 표·그래프·동영상으로 저장합니다</translation>
    </message>
    <message>
        <source>S&amp;napshot…</source>
        <translation>스냅샷(&amp;N)…</translation>
    </message>
    <message>
        <source>Save the newest picture with its count and zones</source>
        <translation>가장 새로운 영상을 인원 수·구역과 함께 저장합니다</translation>
    </message>
    <message>
        <source>Recor&amp;d…</source>
        <translation>녹화(&amp;D)…</translation>
    </message>
    <message>
        <source>Record a video with count and zones drawn on it</source>
        <translation>인원 수와 구역을 그려 넣은 동영상을 녹화합니다</translation>
    </message>
    <message>
        <source>S&amp;top recording</source>
        <translation>녹화 끝내기(&amp;T)</translation>
    </message>
    <message>
        <source>End the video that is being recorded</source>
        <translation>녹화 중인 동영상을 끝냅니다</translation>
    </message>
    <message>
        <source>Second &amp;opinion</source>
        <translation>두 번째 의견(&amp;O)</translation>
    </message>
    <message>
        <source>Let another model count the newest picture</source>
        <translation>다른 모델로 가장 새로운 영상을 세어 봅니다</translation>
    </message>
    <message>
        <source>Only the &amp;picture</source>
        <translation>영상만 보기(&amp;P)</translation>
    </message>
    <message>
        <source>Fill the screen with the picture and its count; Esc leaves</source>
        <translation>영상과 인원 수로 화면을 채웁니다. Esc로 돌아옵니다</translation>
    </message>
    <message>
        <source>Pictures from a &amp;video…</source>
        <translation>동영상에서 사진 꺼내기(&amp;V)…</translation>
    </message>
    <message>
        <source>Take thirty pictures out of a video, to mark heads in</source>
        <translation>동영상에서 머리를 표시할 사진 30장 꺼내기</translation>
    </message>
    <message>
        <source>Next &amp;without marks</source>
        <translation>표시 없는 다음 사진(&amp;W)</translation>
    </message>
    <message>
        <source>Go to the next picture in which nobody has marked heads</source>
        <translation>아직 머리를 표시하지 않은 다음 사진으로 가기</translation>
    </message>
    <message>
        <source>Nobody &amp;here</source>
        <translation>아무도 없음(&amp;H)</translation>
    </message>
    <message>
        <source>Say that this picture shows nobody</source>
        <translation>이 사진에 아무도 없다고 표시하기</translation>
    </message>
    <message>
        <source>&amp;Remove the mark</source>
        <translation>표시 지우기(&amp;R)</translation>
    </message>
    <message>
        <source>Take the mark with the ring away; a right click on any does</source>
        <translation>고리로 둘러싼 표시 지우기. 표시를 오른쪽 클릭해도 지워짐</translation>
    </message>
    <message>
        <source>Remove &amp;all marks</source>
        <translation>표시 모두 지우기(&amp;A)</translation>
    </message>
    <message>
        <source>Leave this picture as if nobody had looked at it</source>
        <translation>이 사진을 아직 보지 않은 상태로 되돌리기</translation>
    </message>
    <message>
        <source>&amp;Measure models</source>
        <translation>모델 오차 재기(&amp;M)</translation>
    </message>
    <message>
        <source>Evaluate models on the marked pictures of this folder</source>
        <translation>이 폴더에서 머리를 표시한 사진으로 모델 평가하기</translation>
    </message>
    <message>
        <source>&amp;Train on these</source>
        <translation>이 사진으로 학습(&amp;T)</translation>
    </message>
    <message>
        <source>Train a model on the marked pictures of this folder</source>
        <translation>이 폴더에서 머리를 표시한 사진으로 모델 학습하기</translation>
    </message>
</context>
<context>
    <name>ActionsDialog</name>
    <message>
        <source>Actions and keys</source>
        <translation>동작과 단축키</translation>
    </message>
    <message>
        <source>Find by name or key</source>
        <translation>이름이나 단축키로 찾기</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>하는 일</translation>
    </message>
</context>
<context>
    <name>AddressDialog</name>
    <message>
        <source>Open a network stream</source>
        <translation>네트워크 스트림 열기</translation>
    </message>
    <message>
        <source>RTSP or HTTP (MJPEG). The password goes into the system&apos;s keyring and is never shown, logged or saved. It may also be ${VARIABLE}, taken from the environment.</source>
        <translation>RTSP 또는 HTTP(MJPEG). 비밀번호는 시스템 키링에 들어가며 어디에도 표시·기록·저장되지 않습니다. 환경 변수에서 가져오는 ${VARIABLE}도 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>주소(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>비밀번호(&amp;P)</translation>
    </message>
</context>
<context>
    <name>AlphaPlot</name>
    <message>
        <source>Validation MAE against α</source>
        <translation>α에 따른 검증 MAE</translation>
    </message>
    <message>
        <source>mean of the seeds that every α has</source>
        <translation>모든 α에 있는 시드의 평균</translation>
    </message>
</context>
<context>
    <name>AlphaSlider</name>
    <message>
        <source>The teacher&apos;s share of the loss</source>
        <translation>손실에서 교사의 비중</translation>
    </message>
    <message>
        <source>The density map follows the ground truth alone.</source>
        <translation>밀도 지도는 정답만 따릅니다.</translation>
    </message>
    <message>
        <source>The density map follows the teacher alone.</source>
        <translation>밀도 지도는 교사만 따릅니다.</translation>
    </message>
    <message>
        <source>{truth} % of the density map&apos;s error is the ground truth&apos;s, {teacher} % the teacher&apos;s.</source>
        <translation>밀도 지도 오차의 {truth} %는 정답, {teacher} %는 교사의 몫입니다.</translation>
    </message>
    <message>
        <source>0 ground truth</source>
        <translation>0 정답</translation>
    </message>
    <message>
        <source>1 teacher</source>
        <translation>1 교사</translation>
    </message>
    <message>
        <source>&amp;α, the teacher&apos;s share</source>
        <translation>α, 교사의 비중(&amp;α)</translation>
    </message>
    <message>
        <source>α, the teacher&apos;s share of the loss</source>
        <translation>α, 손실에서 교사의 비중</translation>
    </message>
</context>
<context>
    <name>AlteredFile</name>
    <message>
        <source>{name} has changed on disk; it was read anew.</source>
        <translation>{name} 파일이 디스크에서 바뀌어 다시 읽었습니다.</translation>
    </message>
    <message>
        <source>{name} is gone from the disk; it is shown as it was.</source>
        <translation>{name} 파일이 디스크에서 없어졌습니다. 이전 상태로 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>AnalysisPanel</name>
    <message>
        <source>Analysing {name}</source>
        <translation>{name} 분석 중</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>결과를 담을 폴더 선택</translation>
    </message>
    <message>
        <source>{name}: {frames} frames, counted with {model}</source>
        <translation>{name}: {frames}프레임, {model} 모델로 셉니다</translation>
    </message>
    <message>
        <source>Every frame is counted, in order, as “crowdgui count” does.</source>
        <translation>“crowdgui count”처럼 모든 프레임을 차례로 셉니다.</translation>
    </message>
    <message>
        <source>Cancelled before the first frame.</source>
        <translation>첫 프레임 전에 취소했습니다.</translation>
    </message>
    <message>
        <source>The video may be damaged or cut off: about {number} frames are missing.</source>
        <translation>동영상이 손상되었거나 중간에 잘렸을 수 있습니다. 프레임 약 {number}개가 없습니다.</translation>
    </message>
    <message>
        <source>{frames} frames: {mean} people on average, {peak} at most (at {at} s).</source>
        <translation>{frames}프레임: 평균 {mean}명, 최대 {peak}명({at}초).</translation>
    </message>
    <message>
        <source>Cancelled; what was counted is kept.</source>
        <translation>취소했습니다. 센 결과는 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>Frame {number}: {count} people</source>
        <translation>프레임 {number}: {count}명</translation>
    </message>
    <message>
        <source>Frame {number} of {frames}: {count} people; {left} left</source>
        <translation>프레임 {number}/{frames}: {count}명, 남은 시간 {left}</translation>
    </message>
    <message>
        <source>Analyse every frame</source>
        <translation>모든 프레임 분석</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>폴더(&amp;F)</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>결과를 담을 폴더</translation>
    </message>
    <message>
        <source>&amp;Table: time, count and zones of every frame (CSV)</source>
        <translation>표: 모든 프레임의 시각, 인원 수, 구역 (CSV)(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Plot of the count over time (PNG)</source>
        <translation>시간에 따른 인원 수 그래프 (PNG)(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Video with density, zones and counts (MP4)</source>
        <translation>밀도, 구역, 인원 수를 그린 동영상 (MP4)(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>분석(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>폴더 열기(&amp;O)</translation>
    </message>
</context>
<context>
    <name>BusyBar</name>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Do not wait for this (Esc)</source>
        <translation>더 기다리지 않기 (Esc)</translation>
    </message>
</context>
<context>
    <name>CameraDialog</name>
    <message>
        <source>&amp;Size</source>
        <translation>크기(&amp;S)</translation>
    </message>
    <message>
        <source>Pictures a s&amp;econd</source>
        <translation>초당 프레임(&amp;E)</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>카메라를 찾는 중…</translation>
    </message>
    <message>
        <source>No camera is plugged in. One that is plugged in now appears by itself.</source>
        <translation>연결된 카메라가 없습니다. 지금 연결하면 저절로 나타납니다.</translation>
    </message>
    <message>
        <source>This camera is open already.</source>
        <translation>이미 열려 있는 카메라입니다.</translation>
    </message>
    <message>
        <source>Open a camera</source>
        <translation>카메라 열기</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>As the camera gives it</source>
        <translation>카메라 기본값</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
</context>
<context>
    <name>CameraStill</name>
    <message>
        <source>Waiting for the camera…</source>
        <translation>카메라를 기다리는 중…</translation>
    </message>
    <message>
        <source>Preview of {camera}</source>
        <translation>{camera} 미리보기</translation>
    </message>
    <message>
        <source>This camera cannot be shown.</source>
        <translation>이 카메라는 미리 볼 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>프로그램에 포함됨</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>직접 추가함</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>Errors (MAE / RMSE)</source>
        <translation>오차 (MAE / RMSE)</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>research use only</source>
        <translation>연구용으로만 사용</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>lowest validation MAE</source>
        <translation>검증 MAE가 가장 낮은 에폭</translation>
    </message>
    <message>
        <source>lowest validation MAE of each leg</source>
        <translation>단계마다 검증 MAE가 가장 낮은 에폭</translation>
    </message>
    <message>
        <source>lowest validation MAE of each leg, on both sets together</source>
        <translation>단계마다 두 데이터셋을 합친 검증 MAE가 가장 낮은 에폭</translation>
    </message>
    <message>
        <source>lowest MAE on both validation splits together</source>
        <translation>두 검증 분할을 합친 MAE가 가장 낮은 에폭</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>학습한 사진</translation>
    </message>
    <message>
        <source>Taught by</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Epoch chosen by</source>
        <translation>에폭 선택 기준</translation>
    </message>
    <message>
        <source>{mae:.1f} / {rmse:.1f} ({data} {split}, {n} pictures)</source>
        <translation>{mae:.1f} / {rmse:.1f} ({data} {split}, 사진 {n}장)</translation>
    </message>
    <message>
        <source>Trained in legs, each from the weights of the one before: the recipe and the pictures are those of the last leg, the epochs are those of all.</source>
        <translation>여러 단계로 학습했으며, 각 단계는 이전 단계의 가중치에서 시작했습니다. 레시피와 사진은 마지막 단계의 것이고, 에폭은 모든 단계를 더한 수입니다.</translation>
    </message>
    <message>
        <source>Half the arithmetic: its first layers were cut from a wide network&apos;s.</source>
        <translation>계산량이 절반입니다. 앞쪽 계층을 넓은 네트워크에서 줄여 만들었습니다.</translation>
    </message>
    <message>
        <source>The weights are the mean of those of {legs} legs; which ones, was chosen on the validation pictures too.</source>
        <translation>가중치는 {legs}개 단계의 평균이며, 어느 단계를 쓸지도 검증 사진으로 골랐습니다.</translation>
    </message>
    <message>
        <source>The last layer was fitted to the counts of whole training pictures afterwards.</source>
        <translation>마지막 층은 학습 뒤에 학습 사진 전체의 인원 수에 맞추었습니다.</translation>
    </message>
    <message>
        <source>Weights and biases are numbers of bf16: what computes in it counts the same.</source>
        <translation>가중치와 편향은 bf16으로 나타낼 수 있는 수이므로, bf16으로 계산해도 같은 수를 셉니다.</translation>
    </message>
    <message>
        <source>The network sees pictures {percent} % as wide and high.</source>
        <translation>네트워크는 사진을 가로세로 {percent}% 크기로 줄여서 봅니다.</translation>
    </message>
    <message>
        <source>Pictures whose short side is below {side} pixels are enlarged.</source>
        <translation>짧은 변이 {side}픽셀보다 작은 사진은 확대합니다.</translation>
    </message>
    <message>
        <source>The ground truth is the data sets&apos; own head points. Nothing was trained on validation pictures; they chose the epoch, and between recipes. The errors are measured from this file in fp32.</source>
        <translation>정답은 데이터셋이 제공하는 머리 위치입니다. 검증 사진으로는 학습하지 않았으며, 에폭과 레시피를 고르는 데에만 썼습니다. 오차는 이 파일을 fp32로 계산해 쟀습니다.</translation>
    </message>
    <message>
        <source>The training pictures show crowds on streets and squares, of up to 3,138 people. Elsewhere (few people, textures that look like heads, pictures from straight above) expect larger errors, and measure on your own pictures before you rely on it.</source>
        <translation>학습 사진에는 거리와 광장에 모인 최대 3,138명의 군중이 있습니다. 그 밖의 경우(사람이 적거나, 머리처럼 보이는 무늬가 있거나, 바로 위에서 찍은 사진)에는 오차가 더 클 수 있으니, 믿고 쓰기 전에 직접 찍은 사진으로 확인하세요.</translation>
    </message>
    <message>
        <source>{number} rendered scenes</source>
        <translation>렌더링한 장면 {number}장</translation>
    </message>
    <message>
        <source>{number} pictures without people</source>
        <translation>사람이 없는 사진 {number}장</translation>
    </message>
    <message>
        <source>{folders} without ground truth</source>
        <translation>{folders} (정답 없음)</translation>
    </message>
    <message>
        <source>nobody: ground truth alone</source>
        <translation>없음(정답만 사용)</translation>
    </message>
</context>
<context>
    <name>ClipboardActions</name>
    <message>
        <source>Count copied</source>
        <translation>인원 수를 복사했습니다</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>사진을 복사했습니다</translation>
    </message>
    <message>
        <source>{name} copied</source>
        <translation>{name}: 복사했습니다</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard. Copy one first.</source>
        <translation>클립보드에 사진이 없습니다. 먼저 사진을 복사하세요.</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>A training is at work</source>
        <translation>학습이 진행 중입니다</translation>
    </message>
    <message>
        <source>Stop the training and close?</source>
        <translation>학습을 중지하고 닫을까요?</translation>
    </message>
    <message>
        <source>What it has learnt is kept, and it can be continued at the next start.</source>
        <translation>지금까지 학습한 내용은 보관되며, 다음에 시작할 때 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>중지하고 닫기</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>계속 학습</translation>
    </message>
    <message>
        <source>Cancel the training</source>
        <translation>학습 취소</translation>
    </message>
    <message>
        <source>Delete this training?</source>
        <translation>이 학습을 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete this sweep with all its runs?</source>
        <translation>이 스윕을 모든 실행과 함께 삭제할까요?</translation>
    </message>
    <message>
        <source>All it has learned is deleted; this cannot be undone. Stop would keep it.</source>
        <translation>학습한 것이 모두 삭제되며 되돌릴 수 없습니다. 중지를 누르면 보관됩니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete the run {name}?</source>
        <translation>실행 {name}을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete {number} runs?</source>
        <translation>실행 {number}개를 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation>실행 삭제</translation>
    </message>
    <message>
        <source>Their weights and curves are deleted from the disk.</source>
        <translation>가중치와 곡선이 디스크에서 삭제됩니다.</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Ground truth</source>
        <translation>실제 인원</translation>
    </message>
    <message>
        <source>True head centres</source>
        <translation>실제 머리 위치</translation>
    </message>
    <message>
        <source>Picture, {name}</source>
        <translation>사진, {name}</translation>
    </message>
</context>
<context>
    <name>ComparingPage</name>
    <message>
        <source>Comparing models</source>
        <translation>모델 비교 중</translation>
    </message>
    <message>
        <source>Full colour: {people} people in {side} × {side} px</source>
        <translation>가장 진한 색: {people}명 / {side} × {side}픽셀</translation>
    </message>
    <message>
        <source>Open a picture to compare models on it</source>
        <translation>모델을 비교할 사진을 여세요</translation>
    </message>
    <message>
        <source>Choose it on the Count page; each model&apos;s map appears here.</source>
        <translation>세기 페이지에서 사진을 고르면 모델마다 밀도 지도가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Show the demo scene</source>
        <translation>데모 장면 보기</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>모델 없음</translation>
    </message>
    <message>
        <source>The model that counts</source>
        <translation>인원을 세는 모델</translation>
    </message>
    <message>
        <source>Density map</source>
        <translation>밀도 지도</translation>
    </message>
    <message>
        <source>Show where the people are</source>
        <translation>사람이 있는 곳을 표시합니다</translation>
    </message>
    <message>
        <source>O&amp;pacity</source>
        <translation>불투명도(&amp;P)</translation>
    </message>
    <message>
        <source>Opacity of the density map</source>
        <translation>밀도 지도의 불투명도</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>색상(&amp;C)</translation>
    </message>
    <message>
        <source>Colours of the density map</source>
        <translation>밀도 지도의 색상</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>인페르노</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>비리디스</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>시비디스</translation>
    </message>
    <message>
        <source>Rainbow (not for the colour-blind)</source>
        <translation>무지개 (색각 이상에 부적합)</translation>
    </message>
</context>
<context>
    <name>CountAll</name>
    <message>
        <source>Counting all pictures</source>
        <translation>모든 사진 세는 중</translation>
    </message>
    <message>
        <source>Pictures that could not be counted are marked in the list: {number}.</source>
        <translation>세지 못한 사진 {number}장은 목록에 표시되어 있습니다.</translation>
    </message>
</context>
<context>
    <name>CountingPage</name>
    <message>
        <source>Saved as {path}</source>
        <translation>저장했습니다: {path}</translation>
    </message>
    <message>
        <source>Picture with its density map</source>
        <translation>밀도 지도를 입힌 사진</translation>
    </message>
    <message>
        <source>Count and settings</source>
        <translation>인원 수와 설정</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>이 패널 닫기</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>The wheel shows a part of a plot, a double click all of it.</source>
        <translation>휠을 돌리면 그래프의 일부를, 두 번 클릭하면 전체를 봅니다.</translation>
    </message>
</context>
<context>
    <name>DataView</name>
    <message>
        <source>No training data is chosen yet</source>
        <translation>아직 학습 데이터를 고르지 않았습니다</translation>
    </message>
    <message>
        <source>own data</source>
        <translation>내 데이터</translation>
    </message>
    <message>
        <source>1 picture to validate on: errors and the best epoch are chance then; 30 pictures or more are advised.</source>
        <translation>검증할 사진이 1장뿐이면 오차와 최적 에폭은 우연에 좌우됩니다. 30장 이상을 권합니다.</translation>
    </message>
    <message>
        <source>{number} pictures to validate on: errors and the best epoch are chance then; 30 pictures or more are advised.</source>
        <translation>검증할 사진이 {number}장뿐이면 오차와 최적 에폭은 우연에 좌우됩니다. 30장 이상을 권합니다.</translation>
    </message>
    <message>
        <source>{pictures} pictures with {people} people: {train} to train on, {val} to validate on</source>
        <translation>사진 {pictures}장, 사람 {people}명: 학습용 {train}장, 검증용 {val}장</translation>
    </message>
    <message>
        <source>{test} test pictures stay unseen</source>
        <translation>시험용 {test}장은 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Not all was looked at.</source>
        <translation>모두 살펴보지는 않았습니다.</translation>
    </message>
    <message>
        <source>Looking for problems…</source>
        <translation>문제를 찾는 중…</translation>
    </message>
    <message>
        <source>No problems found</source>
        <translation>문제가 없습니다</translation>
    </message>
    <message>
        <source>Problems: {number}</source>
        <translation>문제: {number}개</translation>
    </message>
    <message>
        <source>Problems of the data</source>
        <translation>데이터의 문제</translation>
    </message>
    <message>
        <source>Take the built-in scenes, or a folder: your own pictures, marked on the Mark page; ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO boxes, or a CSV or JSON file of points beside each picture.</source>
        <translation>내장 장면을 쓰거나 폴더를 고르세요. 표시 페이지에서 머리를 표시한 내 사진, ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO 상자, 또는 사진마다 점을 담은 CSV나 JSON 파일이 있는 폴더면 됩니다.</translation>
    </message>
    <message>
        <source>Take the built-in scenes</source>
        <translation>내장 장면 사용</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Videos ({suffixes})</source>
        <translation>동영상 ({suffixes})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>찾는 위치:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>파일 형식:</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open</source>
        <translation>여기에 놓으면 열립니다</translation>
    </message>
</context>
<context>
    <name>EmptyLive</name>
    <message>
        <source>Count what a camera sees</source>
        <translation>카메라에 보이는 사람을 세어 보세요</translation>
    </message>
    <message>
        <source>Choose a camera, a video file or a network address above, or begin with a rendered crowd that walks.</source>
        <translation>위에서 카메라, 동영상 파일, 네트워크 주소를 고르거나 걸어 다니는 가상의 군중으로 시작하세요.</translation>
    </message>
    <message>
        <source>Show the demo</source>
        <translation>데모 보기</translation>
    </message>
    <message>
        <source>Open the source of last time</source>
        <translation>지난번 소스 다시 열기</translation>
    </message>
    <message>
        <source>Open the {number} sources of last time</source>
        <translation>지난번 소스 {number}개 다시 열기</translation>
    </message>
    <message>
        <source>Addresses opened before</source>
        <translation>최근에 연 주소</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open a picture or drop one here</source>
        <translation>사진을 열거나 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Several pictures or a folder will do as well, or paste one.</source>
        <translation>여러 장이나 폴더도 됩니다. 붙여넣어도 됩니다.</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Show the demo scene</source>
        <translation>데모 장면 보기</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>최근에 연 항목</translation>
    </message>
</context>
<context>
    <name>Endings</name>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>The training {name} has finished.</source>
        <translation>학습 {name}이(가) 끝났습니다.</translation>
    </message>
    <message>
        <source>The training {name} has finished (validation MAE {mae}).</source>
        <translation>학습 {name}이(가) 끝났습니다(검증 MAE {mae}).</translation>
    </message>
    <message>
        <source>The training {name} was stopped; it can be continued.</source>
        <translation>학습 {name}을(를) 중지했습니다. 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Its process was killed (signal {number}).</source>
        <translation>프로세스가 강제로 종료되었습니다(신호 {number}).</translation>
    </message>
    <message>
        <source>Its process ended with code {number}.</source>
        <translation>프로세스가 코드 {number}(으)로 끝났습니다.</translation>
    </message>
    <message>
        <source>The training {name} was cut off. {reason}</source>
        <translation>학습 {name}이(가) 중단되었습니다. {reason}</translation>
    </message>
</context>
<context>
    <name>EngineForm</name>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>processor (CPU)</source>
        <translation>프로세서 (CPU)</translation>
    </message>
    <message>
        <source>graphics card (CUDA)</source>
        <translation>그래픽 카드 (CUDA)</translation>
    </message>
    <message>
        <source>graphics chip (MPS)</source>
        <translation>그래픽 칩 (MPS)</translation>
    </message>
    <message>
        <source>Measuring {name}</source>
        <translation>{name} 속도 재는 중</translation>
    </message>
    <message>
        <source>bf16 where the processor has it and the model&apos;s counts stay; else fp32</source>
        <translation>프로세서가 bf16을 지원하고 모델의 인원 수가 그대로 유지되면 bf16, 그 밖에는 fp32</translation>
    </message>
    <message>
        <source>The reference: the count as torch makes it</source>
        <translation>기준: torch가 센 수와 같습니다</translation>
    </message>
    <message>
        <source>Faster on some processors; counts hardly differ</source>
        <translation>일부 프로세서에서 더 빠르며, 수는 거의 같습니다</translation>
    </message>
    <message>
        <source>The fastest on most processors; counts differ slightly</source>
        <translation>대부분의 프로세서에서 가장 빠르며, 수가 조금 다릅니다</translation>
    </message>
    <message>
        <source>This processor has no bf16: it would count in fp32.</source>
        <translation>이 프로세서에는 bf16이 없어 fp32로 세게 됩니다.</translation>
    </message>
    <message>
        <source>This processor has no VNNI: int8 is hardly faster than fp32.</source>
        <translation>이 프로세서에는 VNNI가 없어 int8이 fp32보다 거의 빠르지 않습니다.</translation>
    </message>
    <message>
        <source>The counts of {network} networks change: mean errors by up to 19 %.</source>
        <translation>{network} 네트워크는 세는 수가 달라집니다(평균 오차가 최대 19 % 변함).</translation>
    </message>
    <message>
        <source>What is set here is used from the next count on.</source>
        <translation>여기서 정한 것은 다음 계수부터 쓰입니다.</translation>
    </message>
    <message>
        <source>{model} here, {width} × {height} px:</source>
        <translation>이 컴퓨터의 {model}, {width} × {height} px:</translation>
    </message>
    <message>
        <source>How models compute</source>
        <translation>모델의 계산 방식</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>장치(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>정밀도(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>스레드(&amp;T)</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Measure the speeds</source>
        <translation>속도 재기</translation>
    </message>
    <message>
        <source>Time each precision on this computer; some seconds</source>
        <translation>이 컴퓨터에서 정밀도마다 시간을 잽니다. 몇 초 걸립니다</translation>
    </message>
</context>
<context>
    <name>Estimate</name>
    <message>
        <source>About {time} h and {memory} of memory</source>
        <translation>약 {time} 시간, 메모리 {memory}</translation>
    </message>
    <message>
        <source>by the speed of an earlier run</source>
        <translation>이전 실행의 속도로 계산</translation>
    </message>
    <message>
        <source>a rough guess before the first run</source>
        <translation>첫 실행 전의 대략적인 추정</translation>
    </message>
</context>
<context>
    <name>Evaluate</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>NAE</source>
        <translation>NAE</translation>
    </message>
    <message>
        <source>Time a picture</source>
        <translation>사진당 시간</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Mean absolute error of the counts</source>
        <translation>인원 수의 평균 절대 오차</translation>
    </message>
    <message>
        <source>Root mean square error of the counts</source>
        <translation>인원 수의 평균 제곱근 오차</translation>
    </message>
    <message>
        <source>Mean absolute error divided by the true count</source>
        <translation>실제 인원으로 나눈 평균 절대 오차</translation>
    </message>
    <message>
        <source>Median inference time</source>
        <translation>추론 시간의 중앙값</translation>
    </message>
    <message>
        <source>What computed the figures, and in which precision</source>
        <translation>수치를 계산한 엔진과 정밀도</translation>
    </message>
    <message>
        <source>How many pictures the figures are of so far</source>
        <translation>지금까지 계산에 쓴 사진 수</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Errors, time and size of each model</source>
        <translation>모델마다 오차, 시간, 크기</translation>
    </message>
</context>
<context>
    <name>EvaluatingPage</name>
    <message>
        <source>Choose annotated pictures</source>
        <translation>주석이 있는 사진 선택</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>{path} 확인 중</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>평가 중</translation>
    </message>
    <message>
        <source>Table as CSV (*.csv)</source>
        <translation>표를 CSV로 (*.csv)</translation>
    </message>
    <message>
        <source>All pictures as CSV (*.csv)</source>
        <translation>모든 사진을 CSV로 (*.csv)</translation>
    </message>
    <message>
        <source>Everything as JSON (*.json)</source>
        <translation>전체를 JSON으로 (*.json)</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>결과 내보내기</translation>
    </message>
    <message>
        <source>test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>{split} ({number} pictures)</source>
        <translation>{split} (사진 {number}장)</translation>
    </message>
    <message>
        <source>own data</source>
        <translation>내 데이터</translation>
    </message>
    <message>
        <source>Errors on: {split}. A point is a picture; a click opens it. Choose a row to see one model.</source>
        <translation>오차를 잰 사진: {split}. 점 하나가 사진 한 장이며 클릭하면 열립니다. 행을 고르면 그 모델만 보입니다.</translation>
    </message>
    <message>
        <source>The wheel shows a part of the plot, a double click all of it.</source>
        <translation>휠을 돌리면 그래프의 일부를, 두 번 클릭하면 전체를 봅니다.</translation>
    </message>
    <message>
        <source>Your own, marked on the Mark page; or ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO boxes, or a CSV or JSON file of points beside each picture.</source>
        <translation>표시 페이지에서 머리를 표시한 내 사진, ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO 상자, 또는 사진마다 점을 담은 CSV나 JSON 파일이 있는 폴더면 됩니다.</translation>
    </message>
    <message>
        <source>The pictures are ready</source>
        <translation>사진이 준비되었습니다</translation>
    </message>
    <message>
        <source>The table and the plot fill in as they are counted.</source>
        <translation>사진을 세는 대로 표와 그래프가 채워집니다.</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>분할(&amp;S)</translation>
    </message>
    <message>
        <source>Pictures that could not be counted, and are in no figure: {number}.</source>
        <translation>세지 못해 수치에서 빠진 사진: {number}장.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Choose a folder of annotated pictures</source>
        <translation>주석이 있는 사진 폴더를 선택하세요</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>true count {truth}</source>
        <translation>실제 {truth}명</translation>
    </message>
    <message>
        <source>true count {truth}, error {percent} %</source>
        <translation>실제 {truth}명, 오차 {percent}%</translation>
    </message>
    <message>
        <source>{network}, {number} parameters</source>
        <translation>{network}, 매개변수 {number}개</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>인원 수</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Inference time</source>
        <translation>추론 시간</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Count</source>
        <translation>인원 수</translation>
    </message>
    <message>
        <source>Count, smoothed</source>
        <translation>인원 수(평활)</translation>
    </message>
    <message>
        <source>Last picture</source>
        <translation>마지막 영상</translation>
    </message>
    <message>
        <source>Inference time</source>
        <translation>추론 시간</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>영상 크기</translation>
    </message>
    <message>
        <source>Pictures/s of the source</source>
        <translation>소스의 초당 프레임</translation>
    </message>
    <message>
        <source>Counted/s</source>
        <translation>초당 계수</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Delay of the picture</source>
        <translation>영상 지연</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>재연결</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>How long ago the picture that is shown arrived on this computer</source>
        <translation>표시된 영상이 이 컴퓨터에 도착한 뒤 지난 시간</translation>
    </message>
    <message>
        <source>Pictures that were not counted because newer ones had come</source>
        <translation>더 새로운 영상이 와서 세지 않은 영상</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>Pictures ({suffixes})</source>
        <translation>사진 ({suffixes})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 사진 (*.png)</translation>
    </message>
    <message>
        <source>JPEG picture (*.jpg)</source>
        <translation>JPEG 사진 (*.jpg)</translation>
    </message>
    <message>
        <source>Save with density map</source>
        <translation>밀도 지도를 입혀 저장</translation>
    </message>
    <message>
        <source>NumPy array (*.npy)</source>
        <translation>NumPy 배열 (*.npy)</translation>
    </message>
    <message>
        <source>TIFF of 32-bit floats (*.tif)</source>
        <translation>32비트 실수 TIFF (*.tif)</translation>
    </message>
    <message>
        <source>Save density as numbers</source>
        <translation>밀도를 숫자로 저장</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 표 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Export counts</source>
        <translation>인원 수 내보내기</translation>
    </message>
    <message>
        <source>{number} of {all} pictures have no count by {model} and are left out.</source>
        <translation>사진 {all}장 가운데 {number}장은 {model} 모델로 센 결과가 없어 빠집니다.</translation>
    </message>
    <message>
        <source>No figures for the regions of {number} of the pictures: only the density maps that were made last are kept.</source>
        <translation>사진 {number}장은 영역별 수치가 없습니다. 마지막에 만든 밀도 지도만 보관됩니다.</translation>
    </message>
</context>
<context>
    <name>Fleet</name>
    <message>
        <source>Alerts</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>{time}  {watcher}, {source}: {zone} is {level} ({count} people)</source>
        <translation>{time}  {watcher}, {source}: {zone} {level} ({count}명)</translation>
    </message>
    <message>
        <source>{time}  {watcher}, {source}: alert ended, {zone} is {level} ({count} people)</source>
        <translation>{time}  {watcher}, {source}: 경보 해제, {zone} {level} ({count}명)</translation>
    </message>
    <message>
        <source>Choose the certificate authority&apos;s file</source>
        <translation>인증 기관 파일 선택</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>인증서 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>연결 끊기</translation>
    </message>
    <message>
        <source>&amp;Broker</source>
        <translation>브로커(&amp;B)</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <translation>브로커 주소</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>비밀번호(&amp;W)</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>from the keyring</source>
        <translation>키링에서 가져옴</translation>
    </message>
    <message>
        <source>Certificate a&amp;uthority</source>
        <translation>인증 기관(&amp;U)</translation>
    </message>
    <message>
        <source>File of the certificate authority</source>
        <translation>인증 기관 파일</translation>
    </message>
    <message>
        <source>as the system&apos;s</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Watcher</source>
        <translation>감시 장치</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>소스</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>인원 수</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>혼잡도</translation>
    </message>
    <message>
        <source>Last counts</source>
        <translation>최근 인원 수</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>마지막 소식</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>{seconds} s ago</source>
        <translation>{seconds}초 전</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>{minutes}분 전</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min ago</source>
        <translation>{hours}시간 {minutes}분 전</translation>
    </message>
    <message>
        <source>Watchers of the broker</source>
        <translation>브로커의 감시 장치</translation>
    </message>
    <message>
        <source>&amp;Forget this watcher</source>
        <translation>이 감시 장치 지우기(&amp;F)</translation>
    </message>
    <message>
        <source>from {least} to {most}</source>
        <translation>{least}명에서 {most}명까지</translation>
    </message>
</context>
<context>
    <name>FleetPage</name>
    <message>
        <source>The broker {address} cannot be reached. It is tried again.</source>
        <translation>{address} 브로커에 연결할 수 없습니다. 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Connecting to {address}…</source>
        <translation>{address}에 연결하는 중…</translation>
    </message>
    <message>
        <source>Connected to {address}.</source>
        <translation>{address}에 연결되었습니다.</translation>
    </message>
    <message>
        <source>Connected to {address}. Sources: {sources}, offline: {offline}.</source>
        <translation>{address}에 연결되었습니다. 소스 {sources}개, 오프라인 {offline}개.</translation>
    </message>
    <message>
        <source>The broker has not answered yet</source>
        <translation>브로커가 아직 응답하지 않았습니다</translation>
    </message>
    <message>
        <source>The watchers appear as soon as it does.</source>
        <translation>응답하면 감시 장치가 바로 나타납니다.</translation>
    </message>
    <message>
        <source>No watcher has said anything yet</source>
        <translation>아직 소식을 보낸 감시 장치가 없습니다</translation>
    </message>
    <message>
        <source>A watcher is begun with: crowdgui watch SOURCE --mqtt {address}</source>
        <translation>감시 장치를 시작하는 명령: crowdgui watch SOURCE --mqtt {address}</translation>
    </message>
    <message>
        <source>See every watcher at one glance</source>
        <translation>모든 감시 장치를 한눈에 보세요</translation>
    </message>
    <message>
        <source>Give the address of the broker that “crowdgui watch --mqtt” sends to. Counts alone come from there, never pictures.</source>
        <translation>“crowdgui watch --mqtt”가 보내는 브로커의 주소를 입력하세요. 사진이 아니라 인원 수만 옵니다.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>Reset settings</source>
        <translation>설정 초기화</translation>
    </message>
    <message>
        <source>Make all settings as they were at the first start?</source>
        <translation>모든 설정을 처음 시작했을 때로 되돌릴까요?</translation>
    </message>
    <message>
        <source>The regions of all folders are forgotten, too. Models, runs and pictures stay as they are.</source>
        <translation>모든 폴더의 영역도 지워집니다. 모델, 학습 기록, 사진은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>The settings are as at the first start. Some of them wait for the next.</source>
        <translation>설정을 처음 상태로 되돌렸습니다. 일부는 다음에 시작할 때 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>Hub</name>
    <message>
        <source>{before} is no longer installed; {now} counts from now on.</source>
        <translation>{before} 모델이 더는 설치되어 있지 않아 이제부터 {now} 모델이 셉니다.</translation>
    </message>
    <message>
        <source>Loading {model}</source>
        <translation>{model} 불러오는 중</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>{zone} ({source}) became {level} at {time} with {count} people.</source>
        <translation>{zone} ({source}): {time}에 {count}명으로 {level} 상태가 되었습니다.</translation>
    </message>
    <message>
        <source>{zone} ({source}) was too full until {time}: {count} people now.</source>
        <translation>{zone} ({source}): {time}까지 지나치게 붐볐습니다. 지금은 {count}명입니다.</translation>
    </message>
    <message>
        <source>{zone} ({source}) was too full, and is watched no more since {time}.</source>
        <translation>{zone} ({source}): 지나치게 붐볐으며, {time}부터 더 이상 감시하지 않습니다.</translation>
    </message>
    <message>
        <source>{source} has given no picture since {time}.</source>
        <translation>{source}: {time}부터 영상이 들어오지 않습니다.</translation>
    </message>
    <message>
        <source>{source} is back.</source>
        <translation>{source}: 영상이 다시 들어옵니다.</translation>
    </message>
</context>
<context>
    <name>KeysForm</name>
    <message>
        <source>New key</source>
        <translation>새 단축키</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Reset all…</source>
        <translation>모두 초기화…</translation>
    </message>
    <message>
        <source>Give the action this key beside those it has</source>
        <translation>지금 단축키를 두고 이 키도 함께 씁니다</translation>
    </message>
    <message>
        <source>Leave the action without a key</source>
        <translation>이 동작의 단축키를 모두 지웁니다</translation>
    </message>
    <message>
        <source>Give the action its original keys again</source>
        <translation>이 동작의 단축키를 처음으로 되돌립니다</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Esc always cancels; this key cannot be changed.</source>
        <translation>Esc는 항상 취소입니다. 이 단축키는 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>{key} is needed in menus, lists and fields. Press another key.</source>
        <translation>{key} 키는 메뉴와 목록, 입력란에서 쓰입니다. 다른 키를 누르세요.</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”, which would lose it.</source>
        <translation>{key} 키는 ‘{action}’에서 쓰고 있습니다. 가져오면 그 동작에서는 빠집니다.</translation>
    </message>
    <message>
        <source>Choose an action to change its keys.</source>
        <translation>단축키를 바꿀 동작을 고르세요.</translation>
    </message>
    <message>
        <source>New key for “{action}”</source>
        <translation>‘{action}’의 새 단축키</translation>
    </message>
    <message>
        <source>{key} stays with “{action}”, which was given it.</source>
        <translation>{key} 키는 ‘{action}’에서 쓰도록 바꾸었으므로 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>단축키 모두 초기화</translation>
    </message>
    <message>
        <source>Give all actions their original keys again?</source>
        <translation>모든 동작의 단축키를 처음으로 되돌릴까요?</translation>
    </message>
</context>
<context>
    <name>LabellingPage</name>
    <message>
        <source>{number} marked</source>
        <translation>{number}명 표시함</translation>
    </message>
    <message>
        <source>nobody here</source>
        <translation>아무도 없음</translation>
    </message>
    <message>
        <source>not marked yet</source>
        <translation>아직 표시하지 않음</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>아직 저장하지 않음</translation>
    </message>
    <message>
        <source>saved in {file}</source>
        <translation>{file}에 저장함</translation>
    </message>
    <message>
        <source>Only pictures that are files can be marked.</source>
        <translation>파일로 있는 사진에만 표시할 수 있습니다.</translation>
    </message>
    <message>
        <source>A click marks a head. Drag a mark to move it; a right click takes it away. The wheel zooms, and dragging elsewhere moves the picture.</source>
        <translation>클릭하면 머리가 표시됩니다. 표시를 끌면 옮겨지고, 오른쪽 클릭하면 지워집니다. 휠로 확대하고, 다른 곳을 끌면 사진이 움직입니다.</translation>
    </message>
    <message>
        <source>{done} of {all} pictures marked</source>
        <translation>사진 {all}장 중 {done}장 표시함</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Picture whose heads are marked</source>
        <translation>머리를 표시하는 사진</translation>
    </message>
    <message>
        <source>Mark the heads in your own pictures</source>
        <translation>내 사진에서 머리를 표시하세요</translation>
    </message>
    <message>
        <source>Open a folder of them. Thirty marked pictures say how far off a model is at your place, and teach one to count there.</source>
        <translation>사진이 든 폴더를 여세요. 서른 장만 표시하면 그 장소에서 모델이 얼마나 틀리는지 알 수 있고, 그곳에 맞게 모델을 학습시킬 수 있습니다.</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Counting all pictures is not finished.</source>
        <translation>모든 사진 세기가 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>{number} counts by {models} are not exported.</source>
        <translation>{models} 모델로 센 결과 {number}개를 내보내지 않았습니다.</translation>
    </message>
    <message>
        <source>The evaluation is not finished.</source>
        <translation>평가가 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>The evaluation is not exported.</source>
        <translation>평가 결과를 내보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>그래도 닫기</translation>
    </message>
    <message>
        <source>How models compute</source>
        <translation>모델의 계산 방식</translation>
    </message>
    <message>
        <source>Change all the same</source>
        <translation>그래도 변경</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Replace all the same</source>
        <translation>그래도 바꾸기</translation>
    </message>
    <message>
        <source>Keep the results</source>
        <translation>결과 유지</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>The analysis of {name} is not finished.</source>
        <translation>{name} 분석이 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>The marks of {number} pictures cannot be saved.</source>
        <translation>사진 {number}장의 표시를 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>열어 두기</translation>
    </message>
    <message>
        <source>What is lost would have to be done again.</source>
        <translation>잃은 것은 다시 해야 합니다.</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>people in {side} × {side} px</source>
        <translation>명 / {side} × {side}픽셀</translation>
    </message>
</context>
<context>
    <name>Levels</name>
    <message>
        <source>free</source>
        <translation>여유</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>crowded</source>
        <translation>혼잡</translation>
    </message>
    <message>
        <source>very crowded</source>
        <translation>매우 혼잡</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>The model did not load: choose another one.</source>
        <translation>모델을 불러오지 못했습니다. 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>Opening the source…</source>
        <translation>소스를 여는 중…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>실시간 영상</translation>
    </message>
    <message>
        <source>{number} people</source>
        <translation>{number}명</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>인원 수</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Count and settings</source>
        <translation>인원 수와 설정</translation>
    </message>
</context>
<context>
    <name>LiveState</name>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>끊김</translation>
    </message>
    <message>
        <source>The video is over</source>
        <translation>동영상이 끝났습니다</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Reconnecting in {seconds} s</source>
        <translation>{seconds}초 뒤 다시 연결합니다</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>다시 연결하는 중…</translation>
    </message>
    <message>
        <source>Down since {time}</source>
        <translation>{time}부터 끊김</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>&amp;Resume</source>
        <translation>재개(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시정지(&amp;P)</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation>재개하는 중…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>중지(&amp;T)</translation>
    </message>
    <message>
        <source>Step {step} of {total}</source>
        <translation>{total}단계 중 {step}</translation>
    </message>
    <message>
        <source>epoch {epoch} of {epochs}</source>
        <translation>{epochs}에폭 중 {epoch}</translation>
    </message>
    <message>
        <source>{speed} pictures/s</source>
        <translation>초당 사진 {speed}장</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
    <message>
        <source>{time} trained</source>
        <translation>{time} 학습함</translation>
    </message>
    <message>
        <source>best MAE {mae} after epoch {epoch}</source>
        <translation>최저 MAE {mae}({epoch}에폭 뒤)</translation>
    </message>
    <message>
        <source>Drawing scenes: {done} of {number}</source>
        <translation>장면을 그리는 중: {number}장 중 {done}장</translation>
    </message>
    <message>
        <source>The teacher looks at the pictures: {done} of {number}</source>
        <translation>교사가 사진을 보는 중: {number}장 중 {done}장</translation>
    </message>
    <message>
        <source>Validating: {done} of {number}</source>
        <translation>검증 중: {number}장 중 {done}장</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Pausing after this step…</source>
        <translation>이 단계 뒤에 멈춥니다…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시정지됨</translation>
    </message>
    <message>
        <source>Stopping and keeping what was learnt…</source>
        <translation>학습한 내용을 보관하고 멈추는 중…</translation>
    </message>
    <message>
        <source>Stopped; it can be continued</source>
        <translation>중지됨, 이어서 할 수 있음</translation>
    </message>
    <message>
        <source>End the training; it can be continued</source>
        <translation>학습을 끝냅니다. 나중에 이어서 할 수 있습니다</translation>
    </message>
    <message>
        <source>Stopping and deleting…</source>
        <translation>중지하고 삭제하는 중…</translation>
    </message>
    <message>
        <source>Training, started by another program</source>
        <translation>다른 프로그램이 시작한 학습 중</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Failed; the last good state is kept</source>
        <translation>실패함, 마지막 정상 상태를 보관함</translation>
    </message>
    <message>
        <source>Cut off; it can be continued</source>
        <translation>중단됨, 이어서 할 수 있음</translation>
    </message>
    <message>
        <source>&amp;Cancel…</source>
        <translation>취소(&amp;C)…</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>이어서 하기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Use this model…</source>
        <translation>이 모델 사용(&amp;U)…</translation>
    </message>
    <message>
        <source>Wait without losing anything, or go on</source>
        <translation>잃는 것 없이 멈추거나 이어서 하기</translation>
    </message>
    <message>
        <source>End the training and delete all of it</source>
        <translation>학습을 끝내고 모두 삭제</translation>
    </message>
    <message>
        <source>Train on from the last state that was saved</source>
        <translation>마지막으로 저장된 상태에서 학습 계속</translation>
    </message>
    <message>
        <source>Put the best weights among the models that count</source>
        <translation>가장 좋은 가중치를 세는 모델에 추가</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>아직 학습이 없습니다</translation>
    </message>
    <message>
        <source>Choose data at the left, or take the built-in scenes, and press Start.</source>
        <translation>왼쪽에서 데이터를 고르거나 내장 장면을 고르고 시작을 누르세요.</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행률</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>mean of {number} steps</source>
        <translation>{number}단계 평균</translation>
    </message>
    <message>
        <source>every step as it was</source>
        <translation>단계마다 그대로</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>로그 눈금(&amp;G)</translation>
    </message>
    <message>
        <source>Smoot&amp;hing</source>
        <translation>평활화(&amp;H)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>total</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Loss over the epochs</source>
        <translation>에폭에 따른 손실</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
</context>
<context>
    <name>ModelChanges</name>
    <message>
        <source>{before} is no longer installed; {now} counts from now on.</source>
        <translation>{before} 모델이 더 이상 설치되어 있지 않습니다. 이제 {now} 모델로 셉니다.</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Models: {number}</source>
        <translation>모델: {number}개</translation>
    </message>
    <message>
        <source>Which models take part, {most} at most</source>
        <translation>참여할 모델, 최대 {most}개</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>MAE / RMSE</source>
        <translation>MAE / RMSE</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>사용할 수 없음</translation>
    </message>
    <message>
        <source>Installed models</source>
        <translation>설치된 모델</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Models ({suffixes})</source>
        <translation>모델 ({suffixes})</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>모델 가져오기</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>{name} 가져오는 중</translation>
    </message>
    <message>
        <source>Remove the model</source>
        <translation>모델 삭제</translation>
    </message>
    <message>
        <source>Remove {name} from this computer?</source>
        <translation>이 컴퓨터에서 {name} 모델을 삭제할까요?</translation>
    </message>
    <message>
        <source>Its files are deleted; this cannot be undone.</source>
        <translation>파일이 삭제되며 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>{name} is installed and can be chosen.</source>
        <translation>{name} 모델을 설치했습니다. 이제 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Card of the model</source>
        <translation>모델 카드</translation>
    </message>
    <message>
        <source>No model is installed</source>
        <translation>설치된 모델이 없습니다</translation>
    </message>
    <message>
        <source>Import M-SFANet (.pth), MCNN (.h5, .pth) or this program&apos;s .safetensors and .onnx.</source>
        <translation>M-SFANet (.pth), MCNN (.h5, .pth), 이 프로그램의 .safetensors와 .onnx를 가져오세요.</translation>
    </message>
    <message>
        <source>Import a model…</source>
        <translation>모델 가져오기…</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name the source</source>
        <translation>소스 이름 붙이기</translation>
    </message>
    <message>
        <source>Name of {address}:</source>
        <translation>{address}의 이름:</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Copy details</source>
        <translation>상세 정보 복사</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>메시지 닫기</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>More problems are in the log: {number}.</source>
        <translation>다른 문제 {number}건은 로그에 있습니다.</translation>
    </message>
    <message>
        <source>Something went wrong ({name}).</source>
        <translation>문제가 발생했습니다 ({name}).</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>The training {name} is at work.</source>
        <translation>학습 {name}이(가) 진행 중입니다.</translation>
    </message>
    <message>
        <source>The training {name} was cut off after {epochs} epochs.</source>
        <translation>학습 {name}이(가) {epochs}에폭 뒤에 중단되었습니다.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 하기</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>The picture alone, to mark heads in (*.png)</source>
        <translation>머리를 표시할 사진만 (*.png)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 사진 (*.png)</translation>
    </message>
    <message>
        <source>JPEG picture (*.jpg)</source>
        <translation>JPEG 사진 (*.jpg)</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>스냅샷 저장</translation>
    </message>
    <message>
        <source>MP4 video (*.mp4)</source>
        <translation>MP4 동영상 (*.mp4)</translation>
    </message>
    <message>
        <source>Matroska video (*.mkv)</source>
        <translation>Matroska 동영상 (*.mkv)</translation>
    </message>
    <message>
        <source>AVI video (*.avi)</source>
        <translation>AVI 동영상 (*.avi)</translation>
    </message>
    <message>
        <source>Record a video</source>
        <translation>동영상 녹화</translation>
    </message>
    <message>
        <source>Recorded as {path}</source>
        <translation>{path}에 녹화했습니다</translation>
    </message>
    <message>
        <source>Nothing was recorded: no picture came. There is no file.</source>
        <translation>녹화된 것이 없습니다. 들어온 화면이 없어 파일을 만들지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>PathBox</name>
    <message>
        <source>Weights ({suffixes})</source>
        <translation>가중치 ({suffixes})</translation>
    </message>
    <message>
        <source>Choose: {what}</source>
        <translation>선택: {what}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>PictureList</name>
    <message>
        <source>Demo scene</source>
        <translation>데모 장면</translation>
    </message>
    <message>
        <source>Pasted picture {number}</source>
        <translation>붙여넣은 사진 {number}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>인원 수</translation>
    </message>
    <message>
        <source>Click to sort; a third click goes back</source>
        <translation>클릭하면 정렬하고, 세 번째 클릭하면 되돌립니다</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>{counted} of {all} counted · {people} people in all</source>
        <translation>{all}장 중 {counted}장 완료 · 모두 {people}명</translation>
    </message>
    <message>
        <source>{counted} of {all} counted: {people} people in these</source>
        <translation>{all}장 중 {counted}장 완료: 이 사진들에 {people}명</translation>
    </message>
    <message>
        <source>without the demo scene</source>
        <translation>데모 장면 제외</translation>
    </message>
    <message>
        <source>1 picture, not counted yet</source>
        <translation>사진 1장, 아직 세지 않음</translation>
    </message>
    <message>
        <source>{all} pictures, none counted yet</source>
        <translation>사진 {all}장, 아직 센 것 없음</translation>
    </message>
    <message>
        <source>Opened pictures</source>
        <translation>열린 사진</translation>
    </message>
    <message>
        <source>Find by name</source>
        <translation>이름으로 찾기</translation>
    </message>
</context>
<context>
    <name>PlaybackBar</name>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Place in the video</source>
        <translation>동영상에서의 위치</translation>
    </message>
    <message>
        <source>&amp;Speed</source>
        <translation>속도(&amp;S)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
</context>
<context>
    <name>PreviewStrip</name>
    <message>
        <source>A validation picture with its maps comes with each validation.</source>
        <translation>검증할 때마다 검증 사진과 지도가 나타납니다.</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>teacher</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>student</source>
        <translation>학생</translation>
    </message>
    <message>
        <source>Validation picture with the maps of truth and models</source>
        <translation>정답과 모델의 지도가 있는 검증 사진</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>드라이브</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 파일</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>단축키를 누르세요</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Validation MAE {mae} on 1 picture</source>
        <translation>검증 사진 1장의 MAE {mae}</translation>
    </message>
    <message>
        <source>Validation MAE {mae} on {number} pictures</source>
        <translation>검증 사진 {number}장의 MAE {mae}</translation>
    </message>
    <message>
        <source>{validation}; its teacher has {mae} there.</source>
        <translation>{validation}, 같은 사진에서 교사는 {mae}입니다.</translation>
    </message>
</context>
<context>
    <name>RateCurve</name>
    <message>
        <source>{number} epochs</source>
        <translation>{number}에폭</translation>
    </message>
    <message>
        <source>The learning rate over the whole training</source>
        <translation>전체 학습 동안의 학습률</translation>
    </message>
</context>
<context>
    <name>RatePlot</name>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Learning rate over the epochs</source>
        <translation>에폭에 따른 학습률</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>use at least {least}</source>
        <translation>{least} 이상이어야 합니다</translation>
    </message>
    <message>
        <source>use {least} or more</source>
        <translation>{least} 이상이어야 합니다</translation>
    </message>
    <message>
        <source>use 0 (all) or more</source>
        <translation>0(전부) 이상이어야 합니다</translation>
    </message>
    <message>
        <source>use above {low}</source>
        <translation>{low}보다 커야 합니다</translation>
    </message>
    <message>
        <source>use from {low} to {high}</source>
        <translation>{low}에서 {high}까지여야 합니다</translation>
    </message>
    <message>
        <source>use from {low} to below {high}</source>
        <translation>{low} 이상 {high} 미만이어야 합니다</translation>
    </message>
    <message>
        <source>use above {low}, at most {high}</source>
        <translation>{low}보다 크고 {high} 이하여야 합니다</translation>
    </message>
    <message>
        <source>use a multiple of {base}</source>
        <translation>{base}의 배수여야 합니다</translation>
    </message>
    <message>
        <source>use one of {names}</source>
        <translation>{names} 중 하나여야 합니다</translation>
    </message>
    <message>
        <source>use 0 (truth alone) to 1 (teacher alone)</source>
        <translation>0(정답만)에서 1(교사만)까지여야 합니다</translation>
    </message>
    <message>
        <source>use numbers from 0 to 1</source>
        <translation>0에서 1까지의 수여야 합니다</translation>
    </message>
    <message>
        <source>use numbers separated by commas, such as 0,0.1,0.3</source>
        <translation>0,0.1,0.3처럼 쉼표로 나눈 수여야 합니다</translation>
    </message>
    <message>
        <source>use 1 to {seeds}, the number of seeds</source>
        <translation>1에서 시드 수인 {seeds}까지여야 합니다</translation>
    </message>
    <message>
        <source>0 is missing, the control without a teacher</source>
        <translation>교사 없는 대조군인 0이 빠져 있습니다</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <translation>그런 설정이 없습니다</translation>
    </message>
    <message>
        <source>wrong kind of value</source>
        <translation>값의 종류가 맞지 않습니다</translation>
    </message>
    <message>
        <source>a linear output falls below zero; use output = softplus</source>
        <translation>선형 출력은 0보다 작아질 수 있으니 output = softplus를 쓰세요</translation>
    </message>
    <message>
        <source>{network} has no such layer</source>
        <translation>{network}에 그런 층이 없습니다</translation>
    </message>
    <message>
        <source>no layer of {network} is left to learn</source>
        <translation>{network}에 학습할 층이 남아 있지 않습니다</translation>
    </message>
    <message>
        <source>batch norms have no statistics yet; give weights with --init</source>
        <translation>배치 정규화에 아직 통계가 없습니다. --init으로 가중치를 주세요</translation>
    </message>
    <message>
        <source>it holds no state of this training</source>
        <translation>이 학습의 상태가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>{network} has no trunk</source>
        <translation>{network}에는 트렁크가 없습니다</translation>
    </message>
    <message>
        <source>{network} has no attention map</source>
        <translation>{network}에는 어텐션 맵이 없습니다</translation>
    </message>
    <message>
        <source>{network} has no features at stride 8 and 16</source>
        <translation>{network}에는 스트라이드 8과 16의 특징이 없습니다</translation>
    </message>
    <message>
        <source>only an MCNN that counts in persons and ends in softplus has a layer to fit</source>
        <translation>사람 수로 세고 softplus로 끝나는 MCNN에만 맞출 층이 있습니다</translation>
    </message>
    <message>
        <source>people are annotated in {name}</source>
        <translation>{name}에 사람이 표시되어 있습니다</translation>
    </message>
    <message>
        <source>{network} sees no colours, and its features cannot be followed</source>
        <translation>{network}은(는) 색을 보지 않으므로 그 특징을 따를 수 없습니다</translation>
    </message>
    <message>
        <source>{network} lends no head; use an assistant</source>
        <translation>{network}은(는) 머리 부분을 빌려주지 않습니다. assistant를 쓰세요</translation>
    </message>
    <message>
        <source>the {engine} engine computes in {names}</source>
        <translation>{engine} 엔진은 {names}로 계산합니다</translation>
    </message>
    <message>
        <source>it lacks {name} and {number} more tensors</source>
        <translation>{name} 외 텐서 {number}개가 없습니다</translation>
    </message>
    <message>
        <source>it has {name} and {number} more tensors of another network</source>
        <translation>다른 네트워크의 텐서 {name} 외 {number}개가 있습니다</translation>
    </message>
    <message>
        <source>{name} is {there}, not {wanted}</source>
        <translation>{name}의 크기가 {wanted}가 아니라 {there}입니다</translation>
    </message>
    <message>
        <source>it holds values that are no numbers</source>
        <translation>수가 아닌 값이 들어 있습니다</translation>
    </message>
    <message>
        <source>its counts are no numbers</source>
        <translation>센 결과가 수가 아닙니다</translation>
    </message>
    <message>
        <source>it was made from other weights than {name}</source>
        <translation>{name}와(과) 다른 가중치로 만들었습니다</translation>
    </message>
    <message>
        <source>no checkpoint of torch</source>
        <translation>torch 체크포인트가 아닙니다</translation>
    </message>
    <message>
        <source>there is no {name} in it</source>
        <translation>{name} 파일이 없습니다</translation>
    </message>
    <message>
        <source>its {name} is damaged</source>
        <translation>{name} 파일이 손상되었습니다</translation>
    </message>
    <message>
        <source>it is no ordinary file</source>
        <translation>일반 파일이 아닙니다</translation>
    </message>
    <message>
        <source>it is no log of this program</source>
        <translation>이 프로그램의 로그가 아닙니다</translation>
    </message>
    <message>
        <source>no picture was written</source>
        <translation>그림이 저장되지 않았습니다</translation>
    </message>
    <message>
        <source>a JPEG has at most {most} pixels a side; save it as PNG</source>
        <translation>JPEG의 한 변은 {most}픽셀 이하여야 하니 PNG로 저장하세요</translation>
    </message>
    <message>
        <source>it is no UTF-8 text</source>
        <translation>UTF-8 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>a newer version wrote it</source>
        <translation>더 새로운 버전에서 저장했습니다</translation>
    </message>
    <message>
        <source>a video ends in {names}</source>
        <translation>동영상 파일 이름은 {names}로 끝나야 합니다</translation>
    </message>
    <message>
        <source>the video cannot be begun</source>
        <translation>동영상을 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>the video could not be written to its end</source>
        <translation>동영상을 끝까지 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>another watcher of this name uses it</source>
        <translation>같은 이름의 다른 감시 장치가 쓰고 있습니다</translation>
    </message>
    <message>
        <source>two zones have this name</source>
        <translation>같은 이름의 구역이 두 개입니다</translation>
    </message>
    <message>
        <source>a point lies outside the picture</source>
        <translation>사진 밖에 있는 점이 있습니다</translation>
    </message>
    <message>
        <source>it has no area</source>
        <translation>넓이가 없습니다</translation>
    </message>
    <message>
        <source>the name is empty or too long</source>
        <translation>이름이 비어 있거나 너무 깁니다</translation>
    </message>
    <message>
        <source>a log has a column of this name</source>
        <translation>로그에 같은 이름의 열이 있습니다</translation>
    </message>
    <message>
        <source>the name holds a line break</source>
        <translation>이름에 줄 바꿈이 있습니다</translation>
    </message>
    <message>
        <source>the capacity must be above 0</source>
        <translation>정원은 0보다 커야 합니다</translation>
    </message>
    <message>
        <source>the area must be above 0</source>
        <translation>면적은 0보다 커야 합니다</translation>
    </message>
    <message>
        <source>its three limits must rise, above 0</source>
        <translation>세 기준은 0보다 크고 차례로 커져야 합니다</translation>
    </message>
    <message>
        <source>hysteresis must be from 0 to 0.9</source>
        <translation>되돌림 폭은 0에서 0.9까지여야 합니다</translation>
    </message>
    <message>
        <source>the hold time must be 0 s or more</source>
        <translation>유지 시간은 0초 이상이어야 합니다</translation>
    </message>
    <message>
        <source>alert_at must be 0 to 3</source>
        <translation>alert_at은 0에서 3까지여야 합니다</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한이 없습니다</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>허용되지 않는 작업입니다</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>그런 파일이나 폴더가 없습니다</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>저장 공간이 없습니다</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>디스크 할당량을 넘었습니다</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 파일 시스템입니다</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>입출력 오류입니다</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>폴더입니다</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>폴더가 아닙니다</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>파일이 이미 있습니다</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>파일 이름이 너무 깁니다</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>다른 프로그램이 쓰고 있습니다</translation>
    </message>
    <message>
        <source>Bad user name or password</source>
        <translation>사용자 이름이나 암호가 틀립니다</translation>
    </message>
    <message>
        <source>Not authorized</source>
        <translation>권한이 없습니다</translation>
    </message>
</context>
<context>
    <name>RegionFiles</name>
    <message>
        <source>Save regions</source>
        <translation>영역 저장</translation>
    </message>
    <message>
        <source>Zones (*.json)</source>
        <translation>구역 (*.json)</translation>
    </message>
    <message>
        <source>Load regions</source>
        <translation>영역 불러오기</translation>
    </message>
    <message>
        <source>There are no regions in {path}.</source>
        <translation>{path}에 영역이 없습니다.</translation>
    </message>
</context>
<context>
    <name>RegionKeeper</name>
    <message>
        <source>The regions that were kept could not be read. The old file is {path}.</source>
        <translation>보관해 둔 영역을 읽을 수 없습니다. 이전 파일: {path}</translation>
    </message>
</context>
<context>
    <name>RegionList</name>
    <message>
        <source>and {number} more</source>
        <translation>외 {number}개</translation>
    </message>
    <message>
        <source>People in the regions</source>
        <translation>영역 안의 인원</translation>
    </message>
</context>
<context>
    <name>RegionNaming</name>
    <message>
        <source>Rename the region</source>
        <translation>영역 이름 바꾸기</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>이름:</translation>
    </message>
    <message>
        <source>Another region is called {name} already.</source>
        <translation>{name}(이)라는 영역이 이미 있습니다.</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <source>teacher</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>assistant</source>
        <translation>보조 교사</translation>
    </message>
    <message>
        <source>student</source>
        <translation>학생</translation>
    </message>
    <message>
        <source>distilled student</source>
        <translation>증류된 학생</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Export as ONNX</source>
        <translation>ONNX로 내보내기</translation>
    </message>
    <message>
        <source>ONNX network (*.onnx)</source>
        <translation>ONNX 신경망 (*.onnx)</translation>
    </message>
    <message>
        <source>{name} is written and counts as torch does.</source>
        <translation>{name}을(를) 저장했으며 torch와 똑같이 셉니다.</translation>
    </message>
    <message>
        <source>Exporting as ONNX</source>
        <translation>ONNX로 내보내는 중</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 사진 (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 그림 (*.svg)</translation>
    </message>
    <message>
        <source>Export the plot</source>
        <translation>그래프 내보내기</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 표 (*.csv)</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>표 내보내기</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>학생</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>Best MAE</source>
        <translation>최저 MAE</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패함</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>made by a newer version</source>
        <translation>더 새로운 버전에서 만듦</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>모든 실행</translation>
    </message>
</context>
<context>
    <name>RunsPlot</name>
    <message>
        <source>Curves of the chosen runs</source>
        <translation>선택한 실행의 곡선</translation>
    </message>
    <message>
        <source>validation MAE</source>
        <translation>검증 MAE</translation>
    </message>
    <message>
        <source>validation RMSE</source>
        <translation>검증 RMSE</translation>
    </message>
    <message>
        <source>loss, smoothed</source>
        <translation>평활화한 손실</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>그릴 것</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>Runs of {path}</source>
        <translation>{path}의 실행</translation>
    </message>
    <message>
        <source>Runs of this program</source>
        <translation>이 프로그램의 실행</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없습니다</translation>
    </message>
    <message>
        <source>Every training is listed here and can be compared.</source>
        <translation>모든 학습이 여기에 나열되고 비교할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Scatter</name>
    <message>
        <source>{name}: {count} counted, {truth} true ({model})</source>
        <translation>{name}: 추정 {count}명, 실제 {truth}명 ({model})</translation>
    </message>
    <message>
        <source>True count</source>
        <translation>실제 인원</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>추정 인원</translation>
    </message>
    <message>
        <source>Counted against true, a point a picture</source>
        <translation>실제와 추정 인원, 점 하나가 사진 한 장</translation>
    </message>
</context>
<context>
    <name>ScorePlot</name>
    <message>
        <source>plain student {mae}</source>
        <translation>일반 학생 {mae}</translation>
    </message>
    <message>
        <source>teacher {mae}</source>
        <translation>교사 {mae}</translation>
    </message>
    <message>
        <source>Validation error</source>
        <translation>검증 오차</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Validation MAE and RMSE over the epochs</source>
        <translation>에폭에 따른 검증 MAE와 RMSE</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Choose a teacher for α above 0.</source>
        <translation>α를 0보다 크게 하려면 교사를 고르세요.</translation>
    </message>
    <message>
        <source>α above 0 needs a teacher, and no model is installed.</source>
        <translation>α가 0보다 크면 교사가 필요하지만 설치된 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 방법</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Further pictures, and weights to begin with</source>
        <translation>추가 사진과 학습을 시작할 가중치</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Built-in scenes</source>
        <translation>내장 장면</translation>
    </message>
    <message>
        <source>Rendered crowds whose truth is known; drawing them takes a second each</source>
        <translation>정답을 아는 렌더링된 군중. 하나를 그리는 데 1초쯤 걸립니다</translation>
    </message>
    <message>
        <source>Number of built-in scenes</source>
        <translation>내장 장면 수</translation>
    </message>
    <message>
        <source>Quick try</source>
        <translation>빠른 시험</translation>
    </message>
    <message>
        <source>The study</source>
        <translation>연구 설정</translation>
    </message>
    <message>
        <source>My own camera</source>
        <translation>내 카메라</translation>
    </message>
    <message>
        <source>My own settings</source>
        <translation>내 설정</translation>
    </message>
    <message>
        <source>Prese&amp;t</source>
        <translation>사전 설정(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Student</source>
        <translation>학생(&amp;S)</translation>
    </message>
    <message>
        <source>Teac&amp;her</source>
        <translation>교사(&amp;H)</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Folder of the log</source>
        <translation>기록 폴더</translation>
    </message>
    <message>
        <source>Name the broker on the page Fleet first.</source>
        <translation>먼저 장치 현황 페이지에서 브로커를 지정하세요.</translation>
    </message>
    <message>
        <source>It is counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>It has not been asked yet.</source>
        <translation>아직 묻지 않았습니다.</translation>
    </message>
    <message>
        <source>{second} counted {there} where {first} counted {here}: {percent} %</source>
        <translation>{second}: {there}명, {first}: {here}명. 차이 {percent} %</translation>
    </message>
    <message>
        <source>Cou&amp;nt at</source>
        <translation>세는 크기(&amp;N)</translation>
    </message>
    <message>
        <source>Size of the pictures that are counted</source>
        <translation>세는 사진의 크기</translation>
    </message>
    <message>
        <source>Smaller pictures are counted faster; people far away may be lost.</source>
        <translation>사진이 작으면 더 빨리 세지만 멀리 있는 사람을 놓칠 수 있습니다.</translation>
    </message>
    <message>
        <source>{pixels} pixels</source>
        <translation>{pixels}픽셀</translation>
    </message>
    <message>
        <source>full size</source>
        <translation>원래 크기</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>두 번째 의견</translation>
    </message>
    <message>
        <source>As&amp;k</source>
        <translation>물을 모델(&amp;K)</translation>
    </message>
    <message>
        <source>Model of the second opinion</source>
        <translation>두 번째 의견의 모델</translation>
    </message>
    <message>
        <source>E&amp;very</source>
        <translation>간격(&amp;V)</translation>
    </message>
    <message>
        <source>Minutes between second opinions</source>
        <translation>두 번째 의견 사이의 분</translation>
    </message>
    <message>
        <source> min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>only on request</source>
        <translation>요청할 때만</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>지금 묻기</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Write CSV</source>
        <translation>CSV로 쓰기</translation>
    </message>
    <message>
        <source>Write SQLite</source>
        <translation>SQLite로 쓰기</translation>
    </message>
    <message>
        <source>Send to the broker of Fleet</source>
        <translation>장치 현황의 브로커로 보내기</translation>
    </message>
    <message>
        <source>A &amp;row every</source>
        <translation>행 간격(&amp;R)</translation>
    </message>
    <message>
        <source>Time between rows of the log</source>
        <translation>기록의 행 사이 시간</translation>
    </message>
    <message>
        <source>second</source>
        <translation>1초</translation>
    </message>
    <message>
        <source>10 seconds</source>
        <translation>10초</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>1분</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5분</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Sound when a zone is too full</source>
        <translation>구역이 지나치게 붐비면 소리 내기</translation>
    </message>
</context>
<context>
    <name>SourceActions</name>
    <message>
        <source>Open a video</source>
        <translation>동영상 열기</translation>
    </message>
    <message>
        <source>There is no keyring on this computer, so the password is kept until the program ends, and no longer.</source>
        <translation>이 컴퓨터에는 키링이 없어 비밀번호를 프로그램이 끝날 때까지만 간직합니다.</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>{name} 소스를 제거했습니다.</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>다시 열기</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>The settings could not be read, so everything is as at the first start. The old file is {path}.</source>
        <translation>설정을 읽을 수 없어 모든 것이 처음 시작할 때와 같습니다. 이전 파일: {path}</translation>
    </message>
    <message>
        <source>{path} cannot be written, so no settings are kept until the next start.</source>
        <translation>{path}에 쓸 수 없어 설정이 다음 시작까지 남지 않습니다.</translation>
    </message>
    <message>
        <source>The program ended suddenly the last time. A report of it is {path}.</source>
        <translation>지난번에 프로그램이 갑자기 종료되었습니다. 보고서: {path}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Drag a rectangle. Esc stops.</source>
        <translation>끌어서 사각형을 그립니다. Esc를 누르면 그만둡니다.</translation>
    </message>
    <message>
        <source>Click the corners; Enter or a double click closes, {undo} takes one back, Esc stops.</source>
        <translation>꼭짓점을 차례로 클릭합니다. Enter나 두 번 클릭으로 닫고, {undo} 키로 하나 되돌리고, Esc로 그만둡니다.</translation>
    </message>
    <message>
        <source>{people} people in {side} × {side} px here</source>
        <translation>이 위치 {side} × {side}픽셀 안에 {people}명</translation>
    </message>
</context>
<context>
    <name>SweepControl</name>
    <message>
        <source>Choose data first.</source>
        <translation>먼저 데이터를 고르세요.</translation>
    </message>
    <message>
        <source>A sweep needs a teacher.</source>
        <translation>스윕에는 교사가 필요합니다.</translation>
    </message>
</context>
<context>
    <name>SweepView</name>
    <message>
        <source>Train a student for each α and seed</source>
        <translation>α와 시드마다 학생을 학습</translation>
    </message>
    <message>
        <source>{done} of {total} runs are finished</source>
        <translation>실행 {total}개 중 {done}개 끝남</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Trains the same student at several α with the settings at the left: one seed for every α first, then more seeds for α 0 and the best other. The errors are of the validation pictures; the study&apos;s are of its test pictures.</source>
        <translation>왼쪽 설정으로 같은 학생을 여러 α에서 학습합니다. 먼저 α마다 시드 하나, 그다음 α 0과 나머지 중 가장 좋은 α에 시드를 더합니다. 오차는 검증 사진의 것이고, 연구의 값은 시험 사진의 것입니다.</translation>
    </message>
    <message>
        <source>α &amp;values</source>
        <translation>α 값(&amp;V)</translation>
    </message>
    <message>
        <source>Seed&amp;s</source>
        <translation>시드(&amp;S)</translation>
    </message>
    <message>
        <source>Seeds of &amp;others</source>
        <translation>다른 α의 시드(&amp;O)</translation>
    </message>
    <message>
        <source>Shown s&amp;weep</source>
        <translation>보이는 스윕(&amp;W)</translation>
    </message>
    <message>
        <source>Of α 0 and of the best other α</source>
        <translation>α 0과 나머지 중 가장 좋은 α</translation>
    </message>
    <message>
        <source>Of every further α</source>
        <translation>그 밖의 모든 α</translation>
    </message>
    <message>
        <source>Start the s&amp;weep</source>
        <translation>스윕 시작(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>이어서 하기(&amp;C)</translation>
    </message>
    <message>
        <source>Do the runs that are not finished</source>
        <translation>끝나지 않은 실행 하기</translation>
    </message>
    <message>
        <source>MAE, first seeds</source>
        <translation>MAE, 첫 시드</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Study: test MAE</source>
        <translation>연구: 시험 MAE</translation>
    </message>
    <message>
        <source>Study: test RMSE</source>
        <translation>연구: 시험 RMSE</translation>
    </message>
    <message>
        <source>Table 2: errors by α</source>
        <translation>표 2: α별 오차</translation>
    </message>
    <message>
        <source>³ The number of the paper of 2016, no student trained alike as a control.</source>
        <translation>³ 2016년 논문의 값으로, 같은 방식으로 학습한 대조군이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>TeacherBox</name>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>{name}: {people} people</source>
        <translation>{name}: {people}명</translation>
    </message>
</context>
<context>
    <name>TimelinePlot</name>
    <message>
        <source>peak {peak}, mean {mean}</source>
        <translation>최대 {peak}, 평균 {mean}</translation>
    </message>
    <message>
        <source>People over time</source>
        <translation>시간에 따른 인원</translation>
    </message>
    <message>
        <source>Error of the count, by the second opinion (%)</source>
        <translation>두 번째 의견으로 본 인원 수 오차 (%)</translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation>최근 1분</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>최근 1시간</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>최근 하루</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>최근 일주일</translation>
    </message>
    <message>
        <source>Time span</source>
        <translation>기간</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Welcome</source>
        <translation>환영합니다</translation>
    </message>
    <message>
        <source>Here people in crowds are counted. A tour of four steps shows how, on a rendered scene. No picture leaves this computer.</source>
        <translation>군중 속의 사람 수를 세는 프로그램입니다. 그려 낸 장면으로 네 단계에 걸쳐 보여 드립니다. 사진은 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>The count</source>
        <translation>사람 수</translation>
    </message>
    <message>
        <source>The picture you choose is counted at once; {all} counts all. A count is an estimate; of this scene the true number is known and stands beside it.</source>
        <translation>사진을 고르면 바로 셉니다. 모두 세려면 {all}. 결과는 추정값입니다. 이 장면은 실제 인원을 알고 있어 옆에 함께 보입니다.</translation>
    </message>
    <message>
        <source>The density map</source>
        <translation>밀도 지도</translation>
    </message>
    <message>
        <source>The colours show where people were found; their sum is the count. Look at it before you rely on a number. {density} hides it.</source>
        <translation>색은 사람이 있다고 본 곳이고, 모두 더하면 사람 수가 됩니다. 숫자를 믿기 전에 확인하세요. {density} 키로 숨깁니다.</translation>
    </message>
    <message>
        <source>Your own pictures</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>Open pictures or a folder here, or drop them anywhere. Draw a rectangle or a polygon to count inside it.</source>
        <translation>여기서 사진이나 폴더를 열거나 창에 끌어 놓으세요. 사각형이나 다각형을 그리면 그 안만 셉니다.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 알아보기</translation>
    </message>
    <message>
        <source>Compare models, mark heads to measure their errors, count live, and train a model of your own: each has its page. The Help menu has this tour.</source>
        <translation>모델 비교, 머리 표시와 오차 재기, 실시간 세기, 내 모델 학습: 저마다 페이지가 있습니다. 이 안내는 도움말 메뉴에 있습니다.</translation>
    </message>
    <message>
        <source>Compare models, mark heads to measure their errors, and count live: each has its page. The Help menu has this tour.</source>
        <translation>모델 비교, 머리 표시와 오차 재기, 실시간 세기: 저마다 페이지가 있습니다. 이 안내는 도움말 메뉴에 있습니다.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Assistant</source>
        <translation>조교</translation>
    </message>
    <message>
        <source>warm restarts</source>
        <translation>웜 리스타트</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>one cycle</source>
        <translation>원 사이클</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>제곱 오차</translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation>푸아송</translation>
    </message>
    <message>
        <source>points</source>
        <translation>점</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>가우시안</translation>
    </message>
    <message>
        <source>adaptive Gaussian</source>
        <translation>적응형 가우시안</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>processor (CPU)</source>
        <translation>프로세서(CPU)</translation>
    </message>
    <message>
        <source>graphics card (CUDA)</source>
        <translation>그래픽 카드(CUDA)</translation>
    </message>
    <message>
        <source>graphics chip (MPS)</source>
        <translation>그래픽 칩(MPS)</translation>
    </message>
    <message>
        <source>Learning &amp;rate</source>
        <translation>학습률(&amp;R)</translation>
    </message>
    <message>
        <source>The highest learning rate of the schedule</source>
        <translation>일정에서 가장 높은 학습률</translation>
    </message>
    <message>
        <source>Ker&amp;nel rate</source>
        <translation>커널 학습률(&amp;N)</translation>
    </message>
    <message>
        <source>Of convolutions&apos; weights, which then move by orthogonal steps (Muon): quick where little is learnt yet; 0 leaves them to AdamW</source>
        <translation>합성곱 가중치의 학습률로, 이때 가중치는 직교 단계(Muon)로 움직입니다. 아직 배운 것이 적을 때 빠릅니다. 0이면 AdamW에 맡깁니다</translation>
    </message>
    <message>
        <source>&amp;Epochs</source>
        <translation>에폭(&amp;E)</translation>
    </message>
    <message>
        <source>How often every picture is seen</source>
        <translation>사진마다 몇 번 보는지</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>배치(&amp;B)</translation>
    </message>
    <message>
        <source>Crops a step; more need more memory</source>
        <translation>한 단계의 조각 수. 많을수록 메모리가 더 필요합니다</translation>
    </message>
    <message>
        <source>&amp;Crop, px</source>
        <translation>조각, px(&amp;C)</translation>
    </message>
    <message>
        <source>Side of the squares cut out of the pictures</source>
        <translation>사진에서 잘라 내는 정사각형의 한 변</translation>
    </message>
    <message>
        <source>Sche&amp;dule</source>
        <translation>일정(&amp;D)</translation>
    </message>
    <message>
        <source>How the learning rate changes during the training</source>
        <translation>학습 동안 학습률이 바뀌는 방식</translation>
    </message>
    <message>
        <source>&amp;T₀, epochs</source>
        <translation>T₀, 에폭(&amp;T)</translation>
    </message>
    <message>
        <source>Epochs up to the first warm restart</source>
        <translation>첫 웜 리스타트까지의 에폭</translation>
    </message>
    <message>
        <source>T_&amp;mult</source>
        <translation>T_mult(&amp;M)</translation>
    </message>
    <message>
        <source>How much longer each part is than the one before</source>
        <translation>각 구간이 앞 구간보다 몇 배 긴지</translation>
    </message>
    <message>
        <source>&amp;Loss</source>
        <translation>손실(&amp;L)</translation>
    </message>
    <message>
        <source>How a cell of the student&apos;s map is compared</source>
        <translation>학생 지도의 칸을 비교하는 방법</translation>
    </message>
    <message>
        <source>Tar&amp;get</source>
        <translation>목표(&amp;G)</translation>
    </message>
    <message>
        <source>What a head becomes in the true density map</source>
        <translation>정답 밀도 지도에서 머리를 나타내는 방법</translation>
    </message>
    <message>
        <source>Block count &amp;weight</source>
        <translation>블록 인원 가중치(&amp;W)</translation>
    </message>
    <message>
        <source>Weight of the counts of blocks beside those of cells</source>
        <translation>칸과 함께 보는 블록 인원 수의 가중치</translation>
    </message>
    <message>
        <source>Teacher&apos;s bloc&amp;k weight</source>
        <translation>교사 블록 가중치(&amp;K)</translation>
    </message>
    <message>
        <source>Weight of the teacher&apos;s counts of blocks</source>
        <translation>교사의 블록 인원 수의 가중치</translation>
    </message>
    <message>
        <source>&amp;Feature weight</source>
        <translation>특징 가중치(&amp;F)</translation>
    </message>
    <message>
        <source>How much the student&apos;s features follow the teacher&apos;s</source>
        <translation>학생의 특징이 교사의 특징을 따르는 정도</translation>
    </message>
    <message>
        <source>Tr&amp;ust the teacher by its error</source>
        <translation>교사를 오차에 따라 신뢰(&amp;U)</translation>
    </message>
    <message>
        <source>Weigh the teacher by how well it counts each picture</source>
        <translation>교사가 사진마다 얼마나 잘 세는지로 가중</translation>
    </message>
    <message>
        <source>De&amp;vice</source>
        <translation>장치(&amp;V)</translation>
    </message>
    <message>
        <source>What the training computes on</source>
        <translation>학습을 계산하는 장치</translation>
    </message>
    <message>
        <source>&amp;Precision</source>
        <translation>정밀도(&amp;P)</translation>
    </message>
    <message>
        <source>bf16 is faster where the machine has it</source>
        <translation>bf16을 지원하는 컴퓨터에서는 더 빠릅니다</translation>
    </message>
    <message>
        <source>T&amp;hreads</source>
        <translation>스레드(&amp;H)</translation>
    </message>
    <message>
        <source>Processor threads; 0 takes all</source>
        <translation>프로세서 스레드. 0은 모두 사용</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>시드(&amp;S)</translation>
    </message>
    <message>
        <source>Of everything drawn by chance</source>
        <translation>무작위로 뽑는 모든 것의 시드</translation>
    </message>
    <message>
        <source>&amp;Validate every, epochs</source>
        <translation>검증 간격, 에폭(&amp;V)</translation>
    </message>
    <message>
        <source>How often the error on unseen pictures is measured</source>
        <translation>보지 않은 사진의 오차를 재는 간격</translation>
    </message>
    <message>
        <source>Unlabelled folders</source>
        <translation>주석 없는 폴더</translation>
    </message>
    <message>
        <source>Further pictures, on which the teacher alone speaks</source>
        <translation>교사만 가르치는 추가 사진</translation>
    </message>
    <message>
        <source>Folders without people</source>
        <translation>사람 없는 폴더</translation>
    </message>
    <message>
        <source>Pictures of nobody keep it from counting texture</source>
        <translation>사람이 없는 사진은 무늬를 사람으로 세지 않게 합니다</translation>
    </message>
    <message>
        <source>Pictures of these</source>
        <translation>그중 사용할 사진 수</translation>
    </message>
    <message>
        <source>How many are taken, spread over the folders</source>
        <translation>폴더 전체에서 고르게 사용할 사진 수</translation>
    </message>
    <message>
        <source>Start from weights</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>Weights of the same student, to be trained on</source>
        <translation>이어서 학습할 같은 학생의 가중치</translation>
    </message>
    <message>
        <source>Weights of the trunk</source>
        <translation>백본 가중치</translation>
    </message>
    <message>
        <source>ImageNet weights of the first layers; MCNN has no such part</source>
        <translation>앞쪽 층의 ImageNet 가중치. MCNN에는 이 부분이 없습니다</translation>
    </message>
    <message>
        <source>Pictures at most</source>
        <translation>최대 사진 수</translation>
    </message>
    <message>
        <source>Of each kind of pictures, to train and to validate on</source>
        <translation>사진 종류마다, 학습용과 검증용 각각</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>{percent} % trained</source>
        <translation>{percent} % 학습됨</translation>
    </message>
    <message>
        <source>Choose training data</source>
        <translation>학습 데이터 선택</translation>
    </message>
    <message>
        <source>Rendering scenes</source>
        <translation>장면 렌더링 중</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>{path} 살펴보는 중</translation>
    </message>
    <message>
        <source>A training is at work; a run keeps the settings it began with.</source>
        <translation>학습이 진행 중입니다. 실행은 시작할 때의 설정을 유지합니다.</translation>
    </message>
    <message>
        <source>A training is at work; this one can be continued when it ends.</source>
        <translation>학습이 진행 중입니다. 끝나면 이 학습을 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>The training at work stays on the screen until it ends.</source>
        <translation>진행 중인 학습은 끝날 때까지 화면에 남습니다.</translation>
    </message>
    <message>
        <source>Choose a folder of runs</source>
        <translation>실행 폴더 선택</translation>
    </message>
    <message>
        <source>Locked: a run keeps the settings, α among them, that it began with.</source>
        <translation>잠김: 실행은 α를 포함해 시작할 때의 설정을 유지합니다.</translation>
    </message>
    <message>
        <source>Start training with these settings</source>
        <translation>이 설정으로 학습 시작</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>학습 중…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Without data of your own, Start takes the built-in scenes.</source>
        <translation>데이터가 없으면 시작을 누를 때 내장 장면을 씁니다.</translation>
    </message>
    <message>
        <source>Counting pictures and people…</source>
        <translation>사진과 사람을 세는 중…</translation>
    </message>
    <message>
        <source>Not all was looked at.</source>
        <translation>모두 살펴보지는 않았습니다.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Sweep of α</source>
        <translation>α 스윕</translation>
    </message>
    <message>
        <source>Views of the training</source>
        <translation>학습 보기</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
</context>
<context>
    <name>UseDialog</name>
    <message>
        <source>Use this model</source>
        <translation>이 모델 사용</translation>
    </message>
    <message>
        <source>&amp;Name of the model, as the counting page will show it:</source>
        <translation>세기 페이지에 표시될 모델 이름(&amp;N):</translation>
    </message>
    <message>
        <source>&amp;Count with it from now on</source>
        <translation>이제부터 이 모델로 세기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>설치(&amp;I)</translation>
    </message>
</context>
<context>
    <name>UserError</name>
    <message>
        <source>{path} does not exist. Check the name and try again.</source>
        <translation>{path} 경로를 찾을 수 없습니다. 이름을 확인하고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}. Choose another place.</source>
        <translation>{path} 파일을 쓸 수 없습니다: {reason}. 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <source>{path} holds no pictures. Pictures end in {suffixes}.</source>
        <translation>{path} 폴더에 사진이 없습니다. 사진 파일의 확장자: {suffixes}.</translation>
    </message>
    <message>
        <source>No picture matches {path}. Check the pattern and the folder.</source>
        <translation>{path} 패턴과 일치하는 사진이 없습니다. 패턴과 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{path} is empty (0 bytes). Copy the picture again.</source>
        <translation>{path} 파일이 비어 있습니다(0바이트). 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path} is not a picture that can be opened. Save it as JPEG or PNG.</source>
        <translation>{path} 파일은 열 수 있는 사진이 아닙니다. JPEG나 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} is damaged or cut off. Copy the picture again.</source>
        <translation>{path} 파일이 손상되었거나 중간에 잘렸습니다. 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path} has {megapixels} megapixels; at most {limit} are opened. Make it smaller first.</source>
        <translation>{path} 사진은 {megapixels}메가픽셀입니다. {limit}메가픽셀까지 열 수 있으니 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>There is no model called {name}. Installed: {names}.</source>
        <translation>{name} 모델이 없습니다. 설치된 모델: {names}.</translation>
    </message>
    <message>
        <source>No model is installed. Add one with: crowdgui models import FILE.</source>
        <translation>설치된 모델이 없습니다. 다음 명령으로 추가하세요: crowdgui models import FILE</translation>
    </message>
    <message>
        <source>{name} came with the program and cannot be removed.</source>
        <translation>{name} 모델은 프로그램에 포함되어 있어 삭제할 수 없습니다.</translation>
    </message>
    <message>
        <source>{name} came with the program and keeps its name.</source>
        <translation>{name} 모델은 프로그램에 포함된 것이라 이름을 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>{name} cannot name a model. Use letters, digits, &apos;-&apos;, &apos;_&apos; and &apos;.&apos;, starting with a letter or digit.</source>
        <translation>{name}: 모델 이름으로 쓸 수 없습니다. 영문자나 숫자로 시작하고 영문자, 숫자, &apos;-&apos;, &apos;_&apos;, &apos;.&apos;만 사용하세요.</translation>
    </message>
    <message>
        <source>A model called {name} is installed already. Give another name with --name.</source>
        <translation>{name} 모델이 이미 설치되어 있습니다. --name으로 다른 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is not a readable weights file: {reason}. Get the file again.</source>
        <translation>{path} 파일은 읽을 수 있는 가중치 파일이 아닙니다: {reason}. 파일을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path} has no description of its network. Bring it in with: crowdgui models import.</source>
        <translation>{path} 파일에 네트워크 설명이 없습니다. 다음 명령으로 가져오세요: crowdgui models import</translation>
    </message>
    <message>
        <source>{path} was made by a newer version ({version}). Update this program.</source>
        <translation>{path} 파일은 더 새로운 버전({version})에서 만들어졌습니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>{path} does not fit the network {network}: {reason}.</source>
        <translation>{path} 파일이 {network} 네트워크와 맞지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>{path} is refused: besides tensors it holds code or objects that would run when it is opened. Ask its author for a file of plain tensors.</source>
        <translation>{path} 파일을 열지 않았습니다. 텐서 외에 열 때 실행되는 코드나 객체가 들어 있습니다. 만든 사람에게 텐서만 담은 파일을 요청하세요.</translation>
    </message>
    <message>
        <source>crowdgui {command} did not end well: {reason}.</source>
        <translation>crowdgui {command} 명령이 제대로 끝나지 않았습니다: {reason}.</translation>
    </message>
    <message>
        <source>The system lacks {libraries}, without which no window can be shown. Install with: sudo apt-get install {packages}</source>
        <translation>시스템에 {libraries}이(가) 없어 창을 표시할 수 없습니다. 설치: sudo apt-get install {packages}</translation>
    </message>
    <message>
        <source>{engine} is not installed. Install it with: pip install {package}.</source>
        <translation>{engine} 엔진이 설치되어 있지 않습니다. 다음 명령으로 설치하세요: pip install {package}</translation>
    </message>
    <message>
        <source>{model} has no ONNX file beside it for the OpenVINO engine. Use torch.</source>
        <translation>{model} 모델에는 OpenVINO 엔진용 ONNX 파일이 없습니다. torch를 사용하세요.</translation>
    </message>
    <message>
        <source>{path} holds no network known here. Known: M-SFANet (.pth), MCNN (.h5, .pth), and this program&apos;s own .safetensors and .onnx.</source>
        <translation>{path} 파일에 알려진 네트워크가 없습니다. 지원 형식: M-SFANet (.pth), MCNN (.h5, .pth), 이 프로그램의 .safetensors와 .onnx.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} 경로를 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be replaced: {reason}. It may be open in another program. What was written is in {kept}.</source>
        <translation>{path} 파일을 바꿀 수 없습니다: {reason}. 다른 프로그램에서 열려 있을 수 있습니다. 기록한 내용은 {kept}에 있습니다.</translation>
    </message>
    <message>
        <source>{path} holds videos and no pictures. Open the videos themselves: {example}</source>
        <translation>{path} 폴더에는 사진이 없고 동영상만 있습니다. 동영상 파일을 직접 여세요: {example}</translation>
    </message>
    <message>
        <source>{path} is what a training goes on from; its model is {best}.</source>
        <translation>{path} 파일은 학습을 이어 가는 데 쓰는 상태입니다. 모델은 {best} 파일입니다.</translation>
    </message>
    <message>
        <source>{path} can only be brought in where {package} is. Import it in the full edition, export it there, and bring its .onnx.</source>
        <translation>{path} 파일은 {package}가 있는 곳에서만 가져올 수 있습니다. 전체 에디션에서 가져와 내보낸 뒤 그 .onnx 파일을 가져오세요.</translation>
    </message>
    <message>
        <source>{model} has no int8 file. Make one with: crowdgui export --model {model} --int8 --output &quot;{path}&quot;</source>
        <translation>{model}에 int8 파일이 없습니다. 다음으로 만드세요: crowdgui export --model {model} --int8 --output &quot;{path}&quot;</translation>
    </message>
    <message>
        <source>{path} holds no pictures to find the ranges of int8 from. Name another.</source>
        <translation>{path}에 int8 범위를 구할 사진이 없습니다. 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{model} has no int8 file. It is made from weights, and the model is an ONNX file only.</source>
        <translation>{model}에는 int8 파일이 없습니다. int8 파일은 가중치로 만드는데, 이 모델은 ONNX 파일뿐입니다.</translation>
    </message>
    <message>
        <source>The ONNX file of {model} was made from other weights. Use torch, or export it again.</source>
        <translation>{model} 모델의 ONNX 파일은 다른 가중치로 만든 것입니다. torch를 사용하거나 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The int8 file of {model} was made from other weights. Make it anew with: crowdgui export --model {model} --int8 --output &quot;{path}&quot;</source>
        <translation>{model}의 int8 파일은 다른 가중치로 만든 것입니다. 다음으로 다시 만드세요: crowdgui export --model {model} --int8 --output &quot;{path}&quot;</translation>
    </message>
    <message>
        <source>{model} is an ONNX file only, which torch cannot run. Use the OpenVINO engine.</source>
        <translation>{model} 모델은 ONNX 파일만 있어 torch로 실행할 수 없습니다. OpenVINO 엔진을 사용하세요.</translation>
    </message>
    <message>
        <source>{path} was not written: the exported network counts {got:.3f} where torch counts {wanted:.3f}.</source>
        <translation>{path} 파일을 쓰지 않았습니다. 내보낸 네트워크의 결과({got:.3f})가 torch의 결과({wanted:.3f})와 다릅니다.</translation>
    </message>
    <message>
        <source>{path} was not written: in int8 the network counts {got:.1f} where it counts {wanted:.1f} in fp32. Name other or more training pictures with --pictures.</source>
        <translation>{path} 파일을 쓰지 않았습니다. int8로 센 결과({got:.1f})가 fp32로 센 결과({wanted:.1f})와 다릅니다. --pictures로 다른 학습 사진을 지정하거나 사진을 더 많이 지정하세요.</translation>
    </message>
    <message>
        <source>The device {device} is not available here. Available: {devices}.</source>
        <translation>{device} 장치를 사용할 수 없습니다. 사용 가능한 장치: {devices}.</translation>
    </message>
    <message>
        <source>No known data set layout in {path}. Looked for: {looked_for}.</source>
        <translation>{path} 폴더의 데이터셋 구조를 알 수 없습니다. 찾아본 구조: {looked_for}.</translation>
    </message>
    <message>
        <source>{path} has no annotation file. Expected {expected}.</source>
        <translation>{path} 사진의 주석 파일이 없습니다. 필요한 파일: {expected}.</translation>
    </message>
    <message>
        <source>The annotation {path} has no picture. Expected {expected}.</source>
        <translation>주석 파일 {path}에 해당하는 사진이 없습니다. 필요한 파일: {expected}.</translation>
    </message>
    <message>
        <source>The annotation {path} cannot be read: {reason}.</source>
        <translation>주석 파일 {path}: 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path} and {other} have the same name. Keep only one of them.</source>
        <translation>{path}, {other}: 이름이 같습니다. 하나만 남겨 두세요.</translation>
    </message>
    <message>
        <source>{path} is not annotated: how many people it shows is unknown. Annotate it, or choose annotated pictures.</source>
        <translation>{path}: 주석이 없어 실제 인원 수를 알 수 없습니다. 주석을 추가하거나 주석이 있는 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: {number} of {total} points lie outside the picture and do not count.</source>
        <translation>{path}: 점 {total}개 중 {number}개가 사진 밖에 있어 세지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: boxes around groups (iscrowd) in {name} do not count: {number}.</source>
        <translation>{path}: {name}에서 여러 사람을 묶은 상자(iscrowd) {number}개는 세지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: shapes that are neither points nor rectangles do not count: {number}.</source>
        <translation>{path}: 점도 사각형도 아닌 도형은 세지 않습니다: {number}개.</translation>
    </message>
    <message>
        <source>{path}: {number} of {total} pictures have no file of points and are left out.</source>
        <translation>{path}: 사진 {total}장 중 {number}장은 점 파일이 없어 뺍니다.</translation>
    </message>
    <message>
        <source>The heads of this picture stand in {path}, which was not made here. Change them with the program that made it.</source>
        <translation>이 사진의 머리는 {path}에 있으며, 이 프로그램에서 만든 파일이 아닙니다. 그 파일을 만든 프로그램에서 고치세요.</translation>
    </message>
    <message>
        <source>{path} was changed by another program. Its marks are shown as they are there now; what you did last is not among them.</source>
        <translation>다른 프로그램이 {path}을(를) 바꾸었습니다. 지금 파일에 있는 표시를 보여 주며, 마지막으로 한 일은 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>{path} and {other} have the same name, and one file of marks for both. Rename one.</source>
        <translation>{path}와(과) {other}의 이름이 같아 표시 파일 하나를 함께 씁니다. 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>{path} stands where a rendered scene belongs, and is none. Move it, or name another folder.</source>
        <translation>렌더링한 장면이 들어갈 자리에 다른 파일이 있습니다: {path}. 그 파일을 옮기거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>The split {split} of {path} holds no pictures. Splits there: {splits}.</source>
        <translation>{path} 데이터셋의 {split} 분할에 사진이 없습니다. 있는 분할: {splits}.</translation>
    </message>
    <message>
        <source>{command} needs torch, which this edition leaves out. Use the full edition.</source>
        <translation>{command}에는 torch가 필요하지만 이 에디션에는 들어 있지 않습니다. 전체 에디션을 사용하세요.</translation>
    </message>
    <message>
        <source>There is no recipe called {name}. Known: {names}, or a path to a .toml file.</source>
        <translation>{name} 레시피가 없습니다. 사용 가능: {names} 또는 .toml 파일 경로.</translation>
    </message>
    <message>
        <source>The recipe {recipe} keeps the first layers of {network} as ImageNet made them. Give their weights with --trunk, or trained ones with --init.</source>
        <translation>레시피 {recipe}은(는) {network}의 앞쪽 층을 ImageNet 가중치 그대로 둡니다. --trunk로 그 가중치를 주거나 --init으로 학습된 가중치를 주세요.</translation>
    </message>
    <message>
        <source>{path} cannot begin this training: its {name} is {there}, the recipe&apos;s is {wanted}. Choose a recipe with the same, or other weights.</source>
        <translation>{path}(으)로는 이 학습을 시작할 수 없습니다. 가중치의 {name}은(는) {there}인데 레시피는 {wanted}입니다. 값이 같은 레시피를 고르거나 다른 가중치를 쓰세요.</translation>
    </message>
    <message>
        <source>{name} cannot be {value}: {reason}.</source>
        <translation>{name} 항목에 {value} 값을 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{threads} threads are not possible here; use 0 to {most}.</source>
        <translation>여기에서는 스레드 {threads}개를 사용할 수 없습니다. 0에서 {most} 사이로 지정하세요.</translation>
    </message>
    <message>
        <source>The option {option} is missing. See crowdgui --help.</source>
        <translation>{option} 옵션이 빠졌습니다. crowdgui --help를 참고하세요.</translation>
    </message>
    <message>
        <source>With alpha {alpha} a teacher is needed. Name one with --teacher, or use alpha 0.</source>
        <translation>alpha가 {alpha}이면 교사 모델이 필요합니다. --teacher로 지정하거나 alpha를 0으로 설정하세요.</translation>
    </message>
    <message>
        <source>The setting {name} needs a teacher. Name one with --teacher, or leave {name} out.</source>
        <translation>{name} 설정에는 교사가 필요합니다. --teacher로 지정하거나 {name} 설정을 빼세요.</translation>
    </message>
    <message>
        <source>{path} holds a run already. Continue it with --resume, or name another.</source>
        <translation>{path} 폴더에 이미 학습 기록이 있습니다. --resume으로 이어서 하거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} holds other files. Name a new folder, or an empty one.</source>
        <translation>{path} 폴더에 다른 파일이 있습니다. 새 폴더나 빈 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is not a run folder: {reason}.</source>
        <translation>{path} 폴더는 학습 기록 폴더가 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>The run in {path} was made by a newer version. Update this program.</source>
        <translation>{path} 폴더의 학습 기록은 더 새로운 버전에서 만들어졌습니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>Another training is at work in {path}. Wait for it, or name another folder.</source>
        <translation>{path} 폴더에서 다른 학습이 진행 중입니다. 끝나기를 기다리거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>The pictures of the run in {path} are not those it began with. Bring back what is missing and take out what is new, or start anew with --init.</source>
        <translation>{path} 학습의 사진이 시작할 때와 다릅니다. 빠진 사진을 되돌리고 새 사진을 빼거나, --init으로 새로 시작하세요.</translation>
    </message>
    <message>
        <source>The teacher {name} of the run in {path} has changed since it began. Bring the old one back, or start anew with --init.</source>
        <translation>{path} 실행의 교사 {name}이(가) 시작한 뒤에 바뀌었습니다. 이전 것을 되돌려 놓거나 --init으로 새로 시작하세요.</translation>
    </message>
    <message>
        <source>The sweep in {path} has another {name}: {there}, not {wanted}. Give the same options, or name another folder.</source>
        <translation>{path} 폴더의 비교 실험은 {name} 값이 {wanted}이(가) 아니라 {there}입니다. 같은 옵션을 주거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>The loss became {loss} in epoch {epoch}; the last good state is kept in {path}. Try a smaller learning rate.</source>
        <translation>{epoch}번째 에폭에서 손실이 {loss}(으)로 발산했습니다. 마지막 정상 상태는 {path} 폴더에 있습니다. 학습률을 낮춰 보세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for batches of {batch} crops of {crop} pixels; what was learnt is kept in {path}. Close other programs and continue it, or start anew with a smaller batch or crop.</source>
        <translation>크기 {crop}픽셀의 조각 {batch}개로 된 배치를 처리하기에 메모리가 부족합니다. 지금까지 학습한 내용은 {path}에 남아 있습니다. 다른 프로그램을 닫고 이어서 학습하거나, 배치나 조각 크기를 줄여 새로 시작하세요.</translation>
    </message>
    <message>
        <source>On CPUs batch norm sees only the crops of its own process: give each at least 8 (batch).</source>
        <translation>CPU에서 배치 정규화는 자기 프로세스의 조각만 봅니다. 프로세스마다 8개 이상(batch)을 주세요.</translation>
    </message>
    <message>
        <source>{number} of the pictures to train on are left out, as models are validated or tested on them.</source>
        <translation>학습할 사진 중 {number}장은 모델 검증이나 시험에 쓰이므로 제외합니다.</translation>
    </message>
    <message>
        <source>The folders of pictures without people hold {there} to train on; up to {wanted} would be used.</source>
        <translation>사람 없는 사진 폴더에 학습할 사진이 {there}장 있습니다. {wanted}장까지 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The last layer was not fitted: that takes 32 or more training pictures that are counted whole and not in tiles.</source>
        <translation>마지막 층을 맞추지 못했습니다. 나누지 않고 통째로 세는 학습 사진이 32장 이상 필요합니다.</translation>
    </message>
    <message>
        <source>{address} is no address of a stream. Use rtsp://, rtsps://, http:// or https://.</source>
        <translation>{address}: 스트림 주소가 아닙니다. rtsp://, rtsps://, http://, https://를 사용하세요.</translation>
    </message>
    <message>
        <source>{address} needs the environment variable {name}, which is not set. Set it.</source>
        <translation>{address} 주소에 필요한 환경 변수 {name} 값이 없습니다. 값을 설정하세요.</translation>
    </message>
    <message>
        <source>The password cannot be kept in this system&apos;s keyring ({reason}). Name a variable in the address instead.</source>
        <translation>이 시스템의 키링에 암호를 보관할 수 없습니다 ({reason}). 주소에 환경 변수를 적으세요.</translation>
    </message>
    <message>
        <source>{address}: there is no machine called {host}. Check the address.</source>
        <translation>{address}: {host} 컴퓨터를 찾을 수 없습니다. 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>{address}: nothing answers at {host}, port {port}. Check that it is running.</source>
        <translation>{address}: {host}, 포트 {port}에서 응답하는 것이 없습니다. 켜져 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>{address}: {host}, port {port}, does not answer in time. Check the network.</source>
        <translation>{address}: {host}, 포트 {port}의 응답이 너무 늦습니다. 네트워크를 확인하세요.</translation>
    </message>
    <message>
        <source>{address}: the user name or the password is wrong.</source>
        <translation>{address}: 사용자 이름이나 암호가 틀렸습니다.</translation>
    </message>
    <message>
        <source>{address}: the server has no stream of this name. Check the path.</source>
        <translation>{address}: 서버에 이런 이름의 스트림이 없습니다. 경로를 확인하세요.</translation>
    </message>
    <message>
        <source>{address} answers, but sends no video that can be read.</source>
        <translation>{address}: 응답은 있으나 읽을 수 있는 영상을 보내지 않습니다.</translation>
    </message>
    <message>
        <source>{address} gives a single picture and is no stream. Use the address of the camera&apos;s video.</source>
        <translation>{address} 주소는 사진 한 장만 보내며 스트림이 아닙니다. 카메라의 영상 주소를 사용하세요.</translation>
    </message>
    <message>
        <source>{address} was lost. It is being opened again.</source>
        <translation>{address} 연결이 끊겼습니다. 다시 여는 중입니다.</translation>
    </message>
    <message>
        <source>{source} gives no pictures. It is being opened again.</source>
        <translation>{source}에서 화면이 오지 않습니다. 다시 여는 중입니다.</translation>
    </message>
    <message>
        <source>{source} could not be counted: {reason}. Please report this.</source>
        <translation>{source} 화면을 세지 못했습니다: {reason}. 이 문제를 알려 주세요.</translation>
    </message>
    <message>
        <source>There is no camera {camera}. Cameras here: {cameras}.</source>
        <translation>{camera} 카메라가 없습니다. 있는 카메라: {cameras}.</translation>
    </message>
    <message>
        <source>The camera {camera} gives no picture. Another program may be using it, or this one may not be permitted to: {hint}.</source>
        <translation>{camera} 카메라에서 화면이 오지 않습니다. 다른 프로그램이 쓰고 있거나 이 프로그램에 권한이 없을 수 있습니다: {hint}.</translation>
    </message>
    <message>
        <source>This program may not use the camera {camera}. Permit it: {hint}.</source>
        <translation>이 프로그램은 {camera} 카메라를 쓸 권한이 없습니다. 권한을 주세요: {hint}.</translation>
    </message>
    <message>
        <source>The camera {camera} was lost. Plug it in again; it will be found.</source>
        <translation>{camera} 카메라 연결이 끊겼습니다. 다시 꽂으면 찾아냅니다.</translation>
    </message>
    <message>
        <source>{path} is not a video that can be opened. Save it as MP4.</source>
        <translation>{path} 파일은 열 수 있는 동영상이 아닙니다. MP4로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} holds no frame that can be read. Copy the video again.</source>
        <translation>{path} 동영상에 읽을 수 있는 화면이 없습니다. 동영상을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path} does not say how long it is. Save it as MP4.</source>
        <translation>{path}에 길이가 적혀 있지 않습니다. MP4로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} is not of this video. Rename its folder, or name another one.</source>
        <translation>{path}은(는) 이 동영상의 사진이 아닙니다. 폴더 이름을 바꾸거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} may be damaged or cut off: about {number} of its frames are missing.</source>
        <translation>{path} 파일이 손상되었거나 중간에 잘렸을 수 있습니다. 프레임 약 {number}개가 없습니다.</translation>
    </message>
    <message>
        <source>{path} is not a readable zones file: {reason}.</source>
        <translation>{path} 파일은 읽을 수 있는 구역 파일이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>The zone {zone} has {number} different points; it needs three or more.</source>
        <translation>{zone} 구역의 서로 다른 점이 {number}개입니다. 세 개 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>The outline of the zone {zone} crosses or touches itself. Move its points.</source>
        <translation>{zone} 구역의 윤곽이 스스로 교차하거나 닿습니다. 점을 옮기세요.</translation>
    </message>
    <message>
        <source>The zone {zone} cannot be used: {reason}.</source>
        <translation>{zone} 구역을 사용할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{address} is no address of a broker. Use mqtt://HOST/TOPIC or mqtts://.</source>
        <translation>{address}: 브로커 주소가 아닙니다. mqtt://HOST/TOPIC이나 mqtts://를 사용하세요.</translation>
    </message>
    <message>
        <source>{path} is no certificate that can be read: {reason}.</source>
        <translation>{path} 파일은 읽을 수 있는 인증서가 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>The broker {address} cannot be reached. Messages are kept until it can.</source>
        <translation>{address} 브로커에 연결할 수 없습니다. 연결될 때까지 메시지를 보관합니다.</translation>
    </message>
    <message>
        <source>The certificate of the broker {address} is not trusted: {reason}. Name the file of its certificate authority.</source>
        <translation>브로커 {address}의 인증서를 신뢰할 수 없습니다: {reason}. 인증 기관 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>The broker {address} refuses the connection ({reason}). Check user and password; messages are kept.</source>
        <translation>{address} 브로커가 연결을 거부합니다 ({reason}). 사용자와 암호를 확인하세요. 메시지는 보관합니다.</translation>
    </message>
</context>
<context>
    <name>Using</name>
    <message>
        <source>{name} is installed.</source>
        <translation>{name}을(를) 설치했습니다.</translation>
    </message>
    <message>
        <source>Installing {name}</source>
        <translation>{name} 설치 중</translation>
    </message>
    <message>
        <source>{name} is used from now on.</source>
        <translation>이제부터 {name}(으)로 셉니다.</translation>
    </message>
    <message>
        <source>{name} is used from now on; 1 count is out of date.</source>
        <translation>이제부터 {name}(으)로 셉니다. 센 결과 1개는 지난 것입니다.</translation>
    </message>
    <message>
        <source>{name} is used from now on; {number} counts are out of date.</source>
        <translation>이제부터 {name}(으)로 셉니다. 센 결과 {number}개는 지난 것입니다.</translation>
    </message>
    <message>
        <source>Back to {name}</source>
        <translation>{name}(으)로 되돌리기</translation>
    </message>
</context>
<context>
    <name>VideoStills</name>
    <message>
        <source>Take pictures out of a video</source>
        <translation>동영상에서 사진 꺼내기</translation>
    </message>
    <message>
        <source>Taking pictures out of {name}</source>
        <translation>{name}에서 사진을 꺼내는 중</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>{title}, {number} more waiting</source>
        <translation>{title}, 대기 {number}개</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop this work; what is done is kept (Esc)</source>
        <translation>이 작업을 중지합니다. 끝난 것은 남습니다 (Esc)</translation>
    </message>
</context>
<context>
    <name>ZoneForm</name>
    <message>
        <source>Full at {people} people ({density} a m²).</source>
        <translation>정원 {people}명 (1 m²에 {density}명).</translation>
    </message>
    <message>
        <source>Full at {people} people.</source>
        <translation>정원 {people}명.</translation>
    </message>
    <message>
        <source>Without capacity or area there are no levels.</source>
        <translation>정원이나 면적이 없으면 혼잡도를 정하지 않습니다.</translation>
    </message>
    <message>
        <source>{level}, from {people} people</source>
        <translation>{level}, {people}명부터</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Capacity, people</source>
        <translation>정원, 명(&amp;C)</translation>
    </message>
    <message>
        <source>Floor a&amp;rea, m²</source>
        <translation>바닥 면적, m²(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Moderate from</source>
        <translation>보통 기준(&amp;M)</translation>
    </message>
    <message>
        <source>Cro&amp;wded from</source>
        <translation>혼잡 기준(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Very crowded from</source>
        <translation>매우 혼잡 기준(&amp;V)</translation>
    </message>
    <message>
        <source>Al&amp;ert</source>
        <translation>경보(&amp;E)</translation>
    </message>
    <message>
        <source>Share of the capacity</source>
        <translation>정원에 대한 비율</translation>
    </message>
    <message>
        <source>&amp;Hysteresis</source>
        <translation>되돌림 폭(&amp;H)</translation>
    </message>
    <message>
        <source>H&amp;old time</source>
        <translation>유지 시간(&amp;O)</translation>
    </message>
    <message>
        <source>A level is left only when the count is so far below its limit</source>
        <translation>인원 수가 기준보다 이만큼 낮아져야 혼잡도가 내려갑니다</translation>
    </message>
    <message>
        <source>So long a level must last before it is taken</source>
        <translation>혼잡도가 이 시간만큼 이어져야 바뀝니다</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
</context>
<context>
    <name>ZoneTable</name>
    <message>
        <source>Zone</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>People</source>
        <translation>인원</translation>
    </message>
    <message>
        <source>per m²</source>
        <translation>㎡당</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>혼잡도</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>구역</translation>
    </message>
</context>
<context>
    <name>ZonesDialog</name>
    <message>
        <source>Save the zones?</source>
        <translation>구역을 저장할까요?</translation>
    </message>
    <message>
        <source>Zones of {source}</source>
        <translation>{source}의 구역</translation>
    </message>
    <message>
        <source>Kept in {path}, which “crowdgui watch --zones” reads too.</source>
        <translation>{path}에 저장됩니다. “crowdgui watch --zones”도 이 파일을 읽습니다.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ZonesEditor</name>
    <message>
        <source>Zone {number}</source>
        <translation>구역 {number}</translation>
    </message>
    <message>
        <source>Click the corners of the zone; a double click or Enter closes it.</source>
        <translation>구역의 꼭짓점을 차례로 클릭하세요. 두 번 클릭하거나 Enter를 누르면 닫힙니다.</translation>
    </message>
    <message>
        <source>Drag from one corner of the zone to the other.</source>
        <translation>구역의 한 꼭짓점에서 맞은편 꼭짓점까지 끄세요.</translation>
    </message>
    <message>
        <source>Choose Polygon or Rectangle to draw the first zone.</source>
        <translation>다각형이나 사각형을 골라 첫 구역을 그리세요.</translation>
    </message>
    <message>
        <source>Drag a zone or one of its corners. A double click on an edge adds a corner, one on a corner takes it away.</source>
        <translation>구역이나 꼭짓점을 끌어 옮기세요. 변을 두 번 클릭하면 꼭짓점이 생기고, 꼭짓점을 두 번 클릭하면 없어집니다.</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>다각형</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>Picture with zones</source>
        <translation>구역을 그린 사진</translation>
    </message>
</context>
<context>
    <name>ZoomBox</name>
    <message>
        <source>Zoom</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>Zoom: type a percentage, or choose one</source>
        <translation>배율: 백분율을 입력하거나 고르세요</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>창에 맞춤</translation>
    </message>
    <message>
        <source>Usual zooms</source>
        <translation>자주 쓰는 배율</translation>
    </message>
</context>
</TS>
