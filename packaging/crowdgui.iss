; Windows installer (Inno Setup 6): iscc packaging\crowdgui.iss, after packaging\bundle.py; with
; /DEdition=operator the other edition's. One edition takes the other's place.
; For one person, without administrator's rights, unless they choose otherwise.

#define Version "0.1.0"
#ifndef Edition
  #define Edition "full"
#endif
#if Edition == "full"
  #define Name "crowdgui"
#else
  #define Name "crowdgui-" + Edition
#endif

[Setup]
AppId={{6A1E0F5C-6C0B-4B5E-9C39-CE1B1C2C7D11}
AppName=crowdgui
AppVersion={#Version}
AppPublisher=The crowdgui authors
DefaultDirName={autopf}\crowdgui
DefaultGroupName=crowdgui
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile=..\LICENSE
SetupIconFile=..\build\icons\crowdgui.ico
UninstallDisplayIcon={app}\crowdgui.exe
OutputDir=..\dist
OutputBaseFilename={#Name}-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; What another version or edition brought and this one does not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\{#Name}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

Source: "..\README.md"; DestDir: "{app}\doc"; Flags: ignoreversion
Source: "..\crowdgui\live\README.md"; DestDir: "{app}\doc\crowdgui\live"; Flags: ignoreversion
Source: "..\trainer\README.md"; DestDir: "{app}\doc\trainer"; Flags: ignoreversion
Source: "..\packaging\README.md"; DestDir: "{app}\doc\packaging"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\crowdgui"; Filename: "{app}\crowdgui.exe"
Name: "{autodesktop}\crowdgui"; Filename: "{app}\crowdgui.exe"; Tasks: desktopicon

[Registry]
; "Open with", without taking any file type from another program.
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\shell\open\command"; ValueType: string; ValueData: """{app}\crowdgui.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".png"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".avi"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".m4v"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".mkv"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".mov"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".mp4"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".mpeg"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".mpg"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".ts"
Root: HKA; Subkey: "Software\Classes\Applications\crowdgui.exe\SupportedTypes"; ValueType: string; ValueName: ".webm"

[Run]
Filename: "{app}\crowdgui.exe"; Description: "{cm:LaunchProgram,crowdgui}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; A person's models and runs stay; settings, logs and what can be made again go.
Type: files; Name: "{localappdata}\crowdgui\settings.json"
Type: files; Name: "{localappdata}\crowdgui\settings.damaged.json"
Type: files; Name: "{localappdata}\crowdgui\zones.json"
Type: files; Name: "{localappdata}\crowdgui\regions.json"
Type: files; Name: "{localappdata}\crowdgui\regions.damaged.json"
Type: filesandordirs; Name: "{localappdata}\crowdgui\queue"
Type: filesandordirs; Name: "{localappdata}\crowdgui\Logs"
Type: filesandordirs; Name: "{localappdata}\crowdgui\Cache"
Type: dirifempty; Name: "{localappdata}\crowdgui"
