"""Reports as the call programs write them, with invented people."""

from typing import Final

ZOOM: Final = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
852 1848 6288,Biology 8b,11/03/2026 08:58:00 AM,11/03/2026 09:46:00 AM,teacher@school.example,48,3,

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Zoë (Zoë Kim),zoe@school.example,11/03/2026 09:00:10 AM,11/03/2026 09:20:10 AM,20,No,
Zoë (Zoë Kim),zoe@school.example,11/03/2026 09:25:10 AM,11/03/2026 09:45:10 AM,20,No,
Adil O'Neil,,11/03/2026 09:12:00 AM,11/03/2026 09:45:00 AM,33,Yes,
"Rao, Priya (Guest)",,11/03/2026 09:01:00 AM,11/03/2026 09:45:00 AM,44,Yes,
"""
ZOOM_UNIQUE: Final = "Name (original name),Email,Total duration (minutes),Guest\nZoë Kim,,40,No\nAdil O'Neil,,33,Yes\n"
TEAMS_ACTIONS: Final = (
    "Full Name\tUser Action\tTimestamp\n"
    "Frau Berg\tJoined\t11/3/2026, 8:58:00 AM\n"
    "Zoë Kim\tJoined\t11/3/2026, 9:00:10 AM\n"
    "Zoë Kim\tLeft\t11/3/2026, 9:20:10 AM\n"
    "Zoë Kim\tJoined\t11/3/2026, 9:25:10 AM\n"
    "Zoë Kim\tLeft\t11/3/2026, 9:45:10 AM\n"
    "Adil O'Neil (Guest)\tJoined before\t11/3/2026, 9:12:00 AM\n"
)
TEAMS: Final = (
    "1. Summary\nMeeting title\tBiology 8b\nAttended participants\t3\nStart time\t11/3/26, 8:58:00 AM\n"
    "End time\t11/3/26, 9:46:00 AM\nMeeting duration\t48m\nAverage attendance time\t40m 2s\n\n2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Frau Berg\t11/3/26, 8:58:00 AM\t11/3/26, 9:46:00 AM\t48m\tberg@s.example\tberg@s.example\tOrganizer\n"
    "Zoë Kim\t11/3/26, 9:00:10 AM\t11/3/26, 9:45:10 AM\t40m\tzoe@s.example\tzoe@s.example\tPresenter\n"
    "Adil O'Neil (Guest)\t11/3/26, 9:12:00 AM\t11/3/26, 9:45:00 AM\t33m\t\t\tAttendee\n\n3. In-Meeting Activities\n"
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Frau Berg\t11/3/26, 8:58:00 AM\t11/3/26, 9:46:00 AM\t48m\tberg@s.example\tOrganizer\n"
    "Zoë Kim\t11/3/26, 9:00:10 AM\t9:20:10 AM\t20m\tzoe@s.example\tPresenter\n"
    "Zoë Kim\t11/3/26, 9:25:10 AM\t9:45:10 AM\t20m\tzoe@s.example\tPresenter\n"
    "Adil O'Neil (Guest)\t11/3/26, 9:12:00 AM\t9:45:00 AM\t33m\t\tAttendee\n"
)
TEAMS_GERMAN: Final = (
    "1. Zusammenfassung\nBesprechungstitel\tBiologie 8b\nStartzeit\t03.11.26, 08:58:00\n\n2. Teilnehmer\n"
    "Name\tErster Beitritt\tLetztes Verlassen\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle\n"
    "Frau Berg\t03.11.26, 08:58:00\t03.11.26, 09:46:00\t48 Min.\tberg@s.example\tberg\tOrganisator\n"
    "Zoë Kim\t03.11.26, 09:00:10\t03.11.26, 09:45:10\t40 Min.\tzoe@s.example\tzoe\tReferent\n"
    "Adil O'Neil (Gast)\t03.11.26, 09:12:00\t03.11.26, 09:45:00\t33 Min.\t\t\tTeilnehmer\n"
)
MEET: Final = (
    "First name,Last name,Email,Duration,Time joined,Time exited\n"
    "Zoë,Kim,zoe@s.example,45 min,9:00 AM,9:45 AM\nAdil,O'Neil,,33 min,9:12 AM,9:45 AM\n"
)
UNKNOWN_LANGUAGE: Final = (
    "Nimi;Liittymisaika;Poistumisaika\nZoë Kim;3.11.2026 9.00.10;3.11.2026 9.45.10\n"
    "Adil O'Neil;3.11.2026 9.12.00;3.11.2026 9.45.00\n"
)
