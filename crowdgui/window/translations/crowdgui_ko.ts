<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
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
        <source>&amp;Density map</source>
        <translation>밀도 지도(&amp;D)</translation>
    </message>
    <message>
        <source>Show where the people are</source>
        <translation>사람이 있는 위치 표시</translation>
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
        <source>&amp;About crowdgui</source>
        <translation>crowdgui 정보(&amp;A)</translation>
    </message>
    <message>
        <source>What this program is</source>
        <translation>이 프로그램에 대하여</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
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
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
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
        <source>Show where the people are (D)</source>
        <translation>사람이 있는 위치 표시 (D)</translation>
    </message>
    <message>
        <source>O&amp;pacity</source>
        <translation>불투명도(&amp;P)</translation>
    </message>
    <message>
        <source>Opacity of the density map</source>
        <translation>밀도 지도의 불투명도</translation>
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
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open</source>
        <translation>여기에 놓으면 열립니다</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open a picture or drop one here</source>
        <translation>사진을 열거나 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Several pictures or a folder will do as well.</source>
        <translation>여러 장이나 폴더도 열 수 있습니다.</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Show the demo scene</source>
        <translation>데모 장면 보기</translation>
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
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
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
    <name>MainWindow</name>
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
        <source>Save with density map</source>
        <translation>밀도 지도와 함께 저장</translation>
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
        <source>Look in:</source>
        <translation>찾는 위치:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>파일 형식:</translation>
    </message>
    <message>
        <source>Count copied</source>
        <translation>인원 수를 복사했습니다</translation>
    </message>
    <message>
        <source>About crowdgui</source>
        <translation>crowdgui 정보</translation>
    </message>
    <message>
        <source>Counts people in pictures of crowds. Nothing leaves this computer.

A count is an estimate: look at the density map before you rely on it.</source>
        <translation>군중 사진에서 인원 수를 셉니다. 어떤 데이터도 이 컴퓨터 밖으로 나가지 않습니다.

인원 수는 추정값입니다. 밀도 지도를 확인한 뒤 활용하세요.</translation>
    </message>
    <message>
        <source>The settings could not be read, so everything is as at the first start. The old file is {path}.</source>
        <translation>설정을 읽을 수 없어 처음 상태로 시작했습니다. 이전 설정 파일: {path}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>{people} people in {side} × {side} px here</source>
        <translation>이 위치 {side} × {side}픽셀 안에 {people}명</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
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
        <source>Something went wrong ({name}).</source>
        <translation>문제가 발생했습니다 ({name}).</translation>
    </message>
</context>
<context>
    <name>PictureList</name>
    <message>
        <source>Demo scene</source>
        <translation>데모 장면</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Opened pictures</source>
        <translation>열린 사진</translation>
    </message>
</context>
<context>
    <name>UserError</name>
    <message>
        <source>{path} does not exist. Check the name and try again.</source>
        <translation>{path} 경로를 찾을 수 없습니다. 이름을 확인하고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read: permission denied. Change its permissions.</source>
        <translation>{path} 경로를 읽을 권한이 없습니다. 접근 권한을 변경하세요.</translation>
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
        <source>{path} holds no network known here. Known: M-SFANet (.pth), MCNN (.h5, .pth), and this program&apos;s own .safetensors.</source>
        <translation>{path} 파일에 알려진 네트워크가 없습니다. 지원 형식: M-SFANet (.pth), MCNN (.h5, .pth), 이 프로그램의 .safetensors.</translation>
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
        <source>The ONNX file of {model} was made from other weights. Use torch, or export it again.</source>
        <translation>{model} 모델의 ONNX 파일은 다른 가중치로 만든 것입니다. torch를 사용하거나 다시 내보내세요.</translation>
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
        <source>The split {split} of {path} holds no pictures. Splits there: {splits}.</source>
        <translation>{path} 데이터셋의 {split} 분할에 사진이 없습니다. 있는 분할: {splits}.</translation>
    </message>
    <message>
        <source>There is no recipe called {name}. Known: {names}, or a path to a .toml file.</source>
        <translation>{name} 레시피가 없습니다. 사용 가능: {names} 또는 .toml 파일 경로.</translation>
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
        <source>{path} holds a run already. Continue it with --resume, or name another.</source>
        <translation>{path} 폴더에 이미 학습 기록이 있습니다. --resume으로 이어서 하거나 다른 폴더를 지정하세요.</translation>
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
        <source>The loss became {loss} in epoch {epoch}; the last good state is kept in {path}. Try a smaller learning rate.</source>
        <translation>{epoch}번째 에폭에서 손실이 {loss}(으)로 발산했습니다. 마지막 정상 상태는 {path} 폴더에 있습니다. 학습률을 낮춰 보세요.</translation>
    </message>
</context>
</TS>
