<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
  <context>
    <name>ui</name>
    <message numerus="yes">
      <source>%n away</source>
      <translation>
        <numerusform>%n away</numerusform>
        <numerusform>%n away</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n bookmark(s)</source>
      <translation>
        <numerusform>%n bookmark</numerusform>
        <numerusform>%n bookmarks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n camera(s) off</source>
      <translation>
        <numerusform>%n camera off</numerusform>
        <numerusform>%n cameras off</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n face(s)</source>
      <translation>
        <numerusform>%n face</numerusform>
        <numerusform>%n faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n face(s) not seen</source>
      <translation>
        <numerusform>%n face not seen</numerusform>
        <numerusform>%n faces not seen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n flag(s)</source>
      <translation>
        <numerusform>%n flag</numerusform>
        <numerusform>%n flags</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n flag(s).</source>
      <translation>
        <numerusform>%n flag.</numerusform>
        <numerusform>%n flags.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n in view</source>
      <translation>
        <numerusform>%n in view</numerusform>
        <numerusform>%n in view</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n left out</source>
      <translation>
        <numerusform>%n left out</numerusform>
        <numerusform>%n left out</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lesson(s) are left out, as two students bear the name there.</source>
      <translation>
        <numerusform>%n lesson are left out, as two students bear the name there.</numerusform>
        <numerusform>%n lessons are left out, as two students bear the name there.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n moment(s) listed</source>
      <translation>
        <numerusform>%n moment listed</numerusform>
        <numerusform>%n moments listed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s): {names}.</source>
      <translation>
        <numerusform>%n name: {names}.</numerusform>
        <numerusform>%n names: {names}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n not in view</source>
      <translation>
        <numerusform>%n not in view</numerusform>
        <numerusform>%n not in view</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of the roster not in this record</source>
      <translation>
        <numerusform>%n of the roster not in this record</numerusform>
        <numerusform>%n of the roster not in this record</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n session(s) found</source>
      <translation>
        <numerusform>%n session found</numerusform>
        <numerusform>%n sessions found</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s)</source>
      <translation>
        <numerusform>%n student</numerusform>
        <numerusform>%n students</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) (was|were) seen in all; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</source>
      <translation>
        <numerusform>%n student was seen in all; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</numerusform>
        <numerusform>%n students were seen in all; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) at most at one time; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</source>
      <translation>
        <numerusform>%n student at most at one time; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</numerusform>
        <numerusform>%n students at most at one time; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) may need attention.</source>
      <translation>
        <numerusform>%n student may need attention.</numerusform>
        <numerusform>%n students may need attention.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) not on the roster</source>
      <translation>
        <numerusform>%n student not on the roster</numerusform>
        <numerusform>%n students not on the roster</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tile(s)</source>
      <translation>
        <numerusform>%n tile</numerusform>
        <numerusform>%n tiles</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Against their own %n earlier lesson(s): {differences}.</source>
      <translation>
        <numerusform>Against their own %n earlier lesson: {differences}.</numerusform>
        <numerusform>Against their own %n earlier lessons: {differences}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>All that was stored of {who} is removed for good: {duration} and %n flag(s). The mood of the class is worked out without them. This cannot be undone.</source>
      <translation>
        <numerusform>All that was stored of {who} is removed for good: {duration} and %n flag. The mood of the class is worked out without them. This cannot be undone.</numerusform>
        <numerusform>All that was stored of {who} is removed for good: {duration} and %n flags. The mood of the class is worked out without them. This cannot be undone.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And %n more remark(s).</source>
      <translation>
        <numerusform>And %n more remark.</numerusform>
        <numerusform>And %n more remarks.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Deleted: {name}, {day}, {duration} with %n student(s).</source>
      <translation>
        <numerusform>Deleted: {name}, {day}, {duration} with %n student.</numerusform>
        <numerusform>Deleted: {name}, {day}, {duration} with %n students.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Roster of {course}: %n name(s).</source>
      <translation>
        <numerusform>Roster of {course}: %n name.</numerusform>
        <numerusform>Roster of {course}: %n names.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Saved: {duration} with %n student(s).</source>
      <translation>
        <numerusform>Saved: {duration} with %n student.</numerusform>
        <numerusform>Saved: {duration} with %n students.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Students · %n may need attention</source>
      <translation>
        <numerusform>Students · %n may need attention</numerusform>
        <numerusform>Students · %n may need attention</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The %n name(s) stored for this course now will be removed.</source>
      <translation>
        <numerusform>The %n name stored for this course now will be removed.</numerusform>
        <numerusform>The %n names stored for this course now will be removed.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{course}, %n session(s)</source>
      <translation>
        <numerusform>{course}, %n session</numerusform>
        <numerusform>{course}, %n sessions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{length} long, %n moment(s) marked, the mood is {mood} on the whole</source>
      <translation>
        <numerusform>{length} long, %n moment marked, the mood is {mood} on the whole</numerusform>
        <numerusform>{length} long, %n moments marked, the mood is {mood} on the whole</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{number} names: {names} and %n more.</source>
      <translation>
        <numerusform>{number} names: {names} and %n more.</numerusform>
        <numerusform>{number} names: {names} and %n more.</numerusform>
      </translation>
    </message>
  </context>
</TS>
