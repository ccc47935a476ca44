; Inno Setup 6: iscc /DVersion=0.1.0 fer-desktop.iss, after PyInstaller. Installs for one user, without administrator.
[Setup]
AppId={{7C1D4F0A-6E0B-4C7B-9C1E-2B7A5D0F3E61}
AppName=FER Desktop
AppVersion={#Version}
DefaultDirName={autopf}\FER Desktop
DefaultGroupName=FER Desktop
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\dist
OutputBaseFilename=FER-Desktop-{#Version}-setup
SetupIconFile=..\..\build\icons\fer-desktop.ico
UninstallDisplayIcon={app}\fer-desktop-window.exe
WizardStyle=modern

[Files]
Source: "..\..\dist\fer-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\FER Desktop"; Filename: "{app}\fer-desktop-window.exe"
Name: "{autodesktop}\FER Desktop"; Filename: "{app}\fer-desktop-window.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "Also on the desktop"; Flags: unchecked

[Run]
Filename: "{app}\fer-desktop-window.exe"; Description: "Start FER Desktop"; Flags: postinstall nowait skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    if MsgBox('Also delete all recorded lessons and settings? Deleted lessons cannot be restored.',
              mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(ExpandConstant('{localappdata}\fer-desktop'), True, True, True);
end;
