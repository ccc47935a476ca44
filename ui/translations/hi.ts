<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi_IN" sourcelanguage="en">
  <context>
    <name>ui</name>
    <message>
      <source> a second</source>
      <translation> प्रति सेकंड</translation>
    </message>
    <message>
      <source> days</source>
      <translation> दिन</translation>
    </message>
    <message>
      <source> seconds</source>
      <translation> सेकंड</translation>
    </message>
    <message numerus="yes">
      <source>%n away</source>
      <translation>
        <numerusform>%n मौजूद नहीं</numerusform>
        <numerusform>%n मौजूद नहीं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n bookmark(s)</source>
      <translation>
        <numerusform>%n बुकमार्क</numerusform>
        <numerusform>%n बुकमार्क</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n camera(s) off</source>
      <translation>
        <numerusform>%n कैमरा बंद</numerusform>
        <numerusform>%n कैमरे बंद</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n face(s)</source>
      <translation>
        <numerusform>%n चेहरा</numerusform>
        <numerusform>%n चेहरे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n face(s) not seen</source>
      <translation>
        <numerusform>%n चेहरा नहीं दिख रहा</numerusform>
        <numerusform>%n चेहरे नहीं दिख रहे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n flag(s)</source>
      <translation>
        <numerusform>%n संकेत</numerusform>
        <numerusform>%n संकेत</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n flag(s).</source>
      <translation>
        <numerusform>%n संकेत।</numerusform>
        <numerusform>%n संकेत।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n in view</source>
      <translation>
        <numerusform>%n स्क्रीन पर</numerusform>
        <numerusform>%n स्क्रीन पर</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n left out</source>
      <translation>
        <numerusform>%n शामिल नहीं</numerusform>
        <numerusform>%n शामिल नहीं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lesson(s) are left out, as two students bear the name there.</source>
      <translation>
        <numerusform>%n क्लास शामिल नहीं है, क्योंकि उसमें यही नाम दो विद्यार्थियों का है।</numerusform>
        <numerusform>%n क्लासें शामिल नहीं हैं, क्योंकि उनमें यही नाम दो विद्यार्थियों का है।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n moment(s) listed</source>
      <translation>
        <numerusform>सूची में %n पल</numerusform>
        <numerusform>सूची में %n पल</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s): {names}.</source>
      <translation>
        <numerusform>%n नाम: {names}।</numerusform>
        <numerusform>%n नाम: {names}।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n not in view</source>
      <translation>
        <numerusform>%n स्क्रीन पर नहीं</numerusform>
        <numerusform>%n स्क्रीन पर नहीं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of the roster not in this record</source>
      <translation>
        <numerusform>नाम-सूची के %n इस रिकॉर्ड में नहीं</numerusform>
        <numerusform>नाम-सूची के %n इस रिकॉर्ड में नहीं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n session(s) found</source>
      <translation>
        <numerusform>%n सत्र मिला</numerusform>
        <numerusform>%n सत्र मिले</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s)</source>
      <translation>
        <numerusform>%n विद्यार्थी</numerusform>
        <numerusform>%n विद्यार्थी</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) (was|were) seen in all; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</source>
      <translation>
        <numerusform>कुल %n विद्यार्थी दिखे; औसतन {view} स्क्रीन पर थे, {cameras} का कैमरा चालू था और {faces} का चेहरा दिख रहा था।</numerusform>
        <numerusform>कुल %n विद्यार्थी दिखे; औसतन {view} स्क्रीन पर थे, {cameras} का कैमरा चालू था और {faces} का चेहरा दिख रहा था।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) at most at one time; on average {view} in view, {cameras} with the camera on, {faces} with a face to be seen.</source>
      <translation>
        <numerusform>एक समय में अधिक से अधिक %n विद्यार्थी; औसतन {view} स्क्रीन पर थे, {cameras} का कैमरा चालू था और {faces} का चेहरा दिख रहा था।</numerusform>
        <numerusform>एक समय में अधिक से अधिक %n विद्यार्थी; औसतन {view} स्क्रीन पर थे, {cameras} का कैमरा चालू था और {faces} का चेहरा दिख रहा था।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) may need attention.</source>
      <translation>
        <numerusform>शायद %n विद्यार्थी पर ध्यान देने की ज़रूरत है।</numerusform>
        <numerusform>शायद %n विद्यार्थियों पर ध्यान देने की ज़रूरत है।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n student(s) not on the roster</source>
      <translation>
        <numerusform>%n विद्यार्थी नाम-सूची में नहीं</numerusform>
        <numerusform>%n विद्यार्थी नाम-सूची में नहीं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tile(s)</source>
      <translation>
        <numerusform>%n वीडियो बॉक्स</numerusform>
        <numerusform>%n वीडियो बॉक्स</numerusform>
      </translation>
    </message>
    <message>
      <source>.</source>
      <translation>।</translation>
    </message>
    <message>
      <source>95 % interval</source>
      <translation>95% अंतराल</translation>
    </message>
    <message>
      <source>A camera</source>
      <translation>कैमरा</translation>
    </message>
    <message>
      <source>A double click, or Enter, opens the lesson.</source>
      <translation>डबल क्लिक या Enter से क्लास खुलती है।</translation>
    </message>
    <message>
      <source>A flag says why it was raised. It is a reason to look or to ask, and never a finding about a student. Nothing here is fit to grade, to rank or to punish.</source>
      <translation>हर संकेत के साथ लिखा है कि वह क्यों उठा। वह देखने या पूछने का एक कारण है, किसी विद्यार्थी के बारे में निष्कर्ष कभी नहीं। यहाँ कुछ भी ऐसा नहीं है जिसके आधार पर अंक दिए जाएँ, क्रम बनाया जाए या दंड दिया जाए।</translation>
    </message>
    <message>
      <source>A neutral face is not a bored one, and confusion is none of the seven expressions.</source>
      <translation>तटस्थ चेहरा ऊबा हुआ चेहरा नहीं होता, और उलझन इन सात भावों में से कोई नहीं है।</translation>
    </message>
    <message>
      <source>A note, if you like</source>
      <translation>नोट, अगर चाहें</translation>
    </message>
    <message>
      <source>A part of it is on no screen: it will be black.</source>
      <translation>इसका एक हिस्सा किसी स्क्रीन पर नहीं है: वह काला दिखेगा।</translation>
    </message>
    <message>
      <source>A part of the watched window is off the screen: move it back</source>
      <translation>देखी जा रही विंडो का एक हिस्सा स्क्रीन से बाहर है: उसे वापस लाएँ</translation>
    </message>
    <message>
      <source>A program on my computer, FER Desktop, looks at the recording of our lesson.</source>
      <translation>मेरे कंप्यूटर का एक प्रोग्राम, FER Desktop, हमारी क्लास की रिकॉर्डिंग देखता है।</translation>
    </message>
    <message>
      <source>A recording</source>
      <translation>रिकॉर्डिंग</translation>
    </message>
    <message>
      <source>A recording shows people too</source>
      <translation>रिकॉर्डिंग में भी लोग दिखते हैं</translation>
    </message>
    <message>
      <source>A roster belongs to a course. This session has none: name the course before you start watching.</source>
      <translation>नाम-सूची किसी कोर्स की होती है। इस सत्र का कोई कोर्स नहीं है: देखना शुरू करने से पहले कोर्स का नाम लिखें।</translation>
    </message>
    <message>
      <source>A simulated class: drawn students, no real people.</source>
      <translation>काल्पनिक कक्षा: चित्र में बने विद्यार्थी, कोई असली व्यक्ति नहीं।</translation>
    </message>
    <message>
      <source>A video file of a lesson</source>
      <translation>किसी क्लास की वीडियो फ़ाइल</translation>
    </message>
    <message>
      <source>A whole monitor</source>
      <translation>पूरा मॉनिटर</translation>
    </message>
    <message>
      <source>A window</source>
      <translation>कोई विंडो</translation>
    </message>
    <message>
      <source>A window (recommended)</source>
      <translation>कोई विंडो (सुझाया गया विकल्प)</translation>
    </message>
    <message>
      <source>About FER Desktop</source>
      <translation>FER Desktop के बारे में</translation>
    </message>
    <message>
      <source>About whom</source>
      <translation>किसके बारे में</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>जोड़ें</translation>
    </message>
    <message>
      <source>Add a bookmark</source>
      <translation>बुकमार्क जोड़ें</translation>
    </message>
    <message>
      <source>Add a note</source>
      <translation>नोट जोड़ें</translation>
    </message>
    <message>
      <source>Add a note or a bookmark</source>
      <translation>नोट या बुकमार्क जोड़ें</translation>
    </message>
    <message>
      <source>Afghanistan</source>
      <translation>अफ़गानिस्तान</translation>
    </message>
    <message numerus="yes">
      <source>Against their own %n earlier lesson(s): {differences}.</source>
      <translation>
        <numerusform>उनकी अपनी %n पिछली क्लास की तुलना में: {differences}।</numerusform>
        <numerusform>उनकी अपनी %n पिछली क्लासों की तुलना में: {differences}।</numerusform>
      </translation>
    </message>
    <message>
      <source>Albania</source>
      <translation>अल्बानिया</translation>
    </message>
    <message>
      <source>Algeria</source>
      <translation>अल्जीरिया</translation>
    </message>
    <message>
      <source>All cameras are on</source>
      <translation>सभी कैमरे चालू हैं</translation>
    </message>
    <message>
      <source>All courses</source>
      <translation>सभी कोर्स</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>सभी फ़ाइलें (*)</translation>
    </message>
    <message>
      <source>All lessons</source>
      <translation>सभी क्लासें</translation>
    </message>
    <message>
      <source>All moments</source>
      <translation>सभी पल</translation>
    </message>
    <message>
      <source>All that is stored, for programs.</source>
      <translation>जो कुछ सहेजा गया है वह सब, दूसरे प्रोग्रामों के लिए।</translation>
    </message>
    <message numerus="yes">
      <source>All that was stored of {who} is removed for good: {duration} and %n flag(s). The mood of the class is worked out without them. This cannot be undone.</source>
      <translation>
        <numerusform>{who} का जो कुछ सहेजा गया, वह सब हमेशा के लिए हटा दिया जाएगा: {duration} और %n संकेत। कक्षा का मूड उनके बिना निकाला जाएगा। इसे वापस नहीं किया जा सकता।</numerusform>
        <numerusform>{who} का जो कुछ सहेजा गया, वह सब हमेशा के लिए हटा दिया जाएगा: {duration} और %n संकेत। कक्षा का मूड उनके बिना निकाला जाएगा। इसे वापस नहीं किया जा सकता।</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And %n more remark(s).</source>
      <translation>
        <numerusform>और %n टिप्पणी।</numerusform>
        <numerusform>और %n टिप्पणियाँ।</numerusform>
      </translation>
    </message>
    <message>
      <source>Andorra</source>
      <translation>एंडोरा</translation>
    </message>
    <message>
      <source>Angola</source>
      <translation>अंगोला</translation>
    </message>
    <message>
      <source>Anguilla</source>
      <translation>एंग्विला</translation>
    </message>
    <message>
      <source>Another window</source>
      <translation>कोई दूसरी विंडो</translation>
    </message>
    <message>
      <source>Antarctica</source>
      <translation>अंटार्कटिका</translation>
    </message>
    <message>
      <source>Antigua &amp; Barbuda</source>
      <translation>एंटिगुआ और बरबुडा</translation>
    </message>
    <message>
      <source>Argentina</source>
      <translation>अर्जेंटीना</translation>
    </message>
    <message>
      <source>Armenia</source>
      <translation>आर्मेनिया</translation>
    </message>
    <message>
      <source>Aruba</source>
      <translation>अरूबा</translation>
    </message>
    <message>
      <source>At</source>
      <translation>समय</translation>
    </message>
    <message>
      <source>At {time}</source>
      <translation>समय {time}</translation>
    </message>
    <message>
      <source>Attendance</source>
      <translation>हाज़िरी</translation>
    </message>
    <message>
      <source>Attendance (CSV)</source>
      <translation>हाज़िरी (CSV)</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>ध्यान</translation>
    </message>
    <message>
      <source>Attention (an index)</source>
      <translation>ध्यान (एक सूचकांक)</translation>
    </message>
    <message>
      <source>Attention is an index of Sharma et al. (2019), made from expressions, the turn of the head and the eyes. It comes from one classroom's evidence: an index, not a truth. Who looks at a second screen is not inattentive.</source>
      <translation>ध्यान Sharma et al. (2019) का एक सूचकांक है, जो भावों, सिर के घुमाव और आँखों से बनता है। यह एक ही कक्षा के प्रमाण पर टिका है: एक सूचकांक, पक्का सच नहीं। जो किसी दूसरी स्क्रीन को देख रहे हों, उनका ध्यान कम है, ऐसा नहीं कहा जा सकता।</translation>
    </message>
    <message>
      <source>Attention on the whole</source>
      <translation>कुल मिलाकर ध्यान</translation>
    </message>
    <message>
      <source>Australia</source>
      <translation>ऑस्ट्रेलिया</translation>
    </message>
    <message>
      <source>Austria</source>
      <translation>ऑस्ट्रिया</translation>
    </message>
    <message>
      <source>Away</source>
      <translation>मौजूद नहीं</translation>
    </message>
    <message>
      <source>Azerbaijan</source>
      <translation>अज़रबैजान</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>वापस</translation>
    </message>
    <message>
      <source>Back to the lesson</source>
      <translation>क्लास पर वापस</translation>
    </message>
    <message>
      <source>Bahamas</source>
      <translation>बहामास</translation>
    </message>
    <message>
      <source>Bahrain</source>
      <translation>बहरीन</translation>
    </message>
    <message>
      <source>Bangladesh</source>
      <translation>बांग्लादेश</translation>
    </message>
    <message>
      <source>Barbados</source>
      <translation>बारबाडोस</translation>
    </message>
    <message>
      <source>Before each session you are given a text to read out or to paste into the chat: what is read, that no picture is kept, and that anybody can be left out. Nothing is watched before you say that they know.</source>
      <translation>हर सत्र से पहले आपको पढ़कर सुनाने या चैट में पेस्ट करने के लिए एक पाठ मिलता है: क्या पढ़ा जाता है, कि कोई तस्वीर नहीं रखी जाती, और कि किसी को भी इससे बाहर रखा जा सकता है। जब तक आप यह न कहें कि उन्हें पता है, तब तक कुछ नहीं देखा जाता।</translation>
    </message>
    <message>
      <source>Before we begin: during this lesson a program on my computer, FER Desktop, looks at the video call on my screen.</source>
      <translation>शुरू करने से पहले: इस क्लास के दौरान मेरे कंप्यूटर का एक प्रोग्राम, FER Desktop, मेरी स्क्रीन पर चल रही वीडियो कॉल को देखता है।</translation>
    </message>
    <message>
      <source>Before we begin: during this lesson a program on my computer, FER Desktop, looks at this room through a camera.</source>
      <translation>शुरू करने से पहले: इस क्लास के दौरान मेरे कंप्यूटर का एक प्रोग्राम, FER Desktop, एक कैमरे से इस कमरे को देखता है।</translation>
    </message>
    <message>
      <source>Belarus</source>
      <translation>बेलारूस</translation>
    </message>
    <message>
      <source>Belgium</source>
      <translation>बेल्जियम</translation>
    </message>
    <message>
      <source>Belize</source>
      <translation>बेलीज़</translation>
    </message>
    <message>
      <source>Benin</source>
      <translation>बेनिन</translation>
    </message>
    <message>
      <source>Bermuda</source>
      <translation>बरमूडा</translation>
    </message>
    <message>
      <source>Bhutan</source>
      <translation>भूटान</translation>
    </message>
    <message>
      <source>Bolivia</source>
      <translation>बोलीविया</translation>
    </message>
    <message>
      <source>Bookmark</source>
      <translation>बुकमार्क</translation>
    </message>
    <message>
      <source>Bookmark kept at {time}.</source>
      <translation>{time} पर बुकमार्क रखा गया।</translation>
    </message>
    <message>
      <source>Bookmark this moment</source>
      <translation>इस पल पर बुकमार्क लगाएँ</translation>
    </message>
    <message>
      <source>Bookmarks (Ctrl+B while watching), notes and flags are listed here.</source>
      <translation>बुकमार्क (देखते समय Ctrl+B), नोट और संकेत यहाँ दिखते हैं।</translation>
    </message>
    <message>
      <source>Bookmarks and notes</source>
      <translation>बुकमार्क और नोट</translation>
    </message>
    <message>
      <source>Bookmarks, notes, the largest drops of the mood, and gaps in the recording</source>
      <translation>बुकमार्क, नोट, मूड में सबसे बड़ी गिरावटें, और वह समय जो दर्ज नहीं हुआ</translation>
    </message>
    <message>
      <source>Bookmark…</source>
      <translation>बुकमार्क…</translation>
    </message>
    <message>
      <source>Bosnia &amp; Herzegovina</source>
      <translation>बोस्निया और हर्ज़ेगोविना</translation>
    </message>
    <message>
      <source>Both are in the call window now: two tiles at once are mostly two students.</source>
      <translation>दोनों अभी कॉल की विंडो में हैं: एक साथ दो वीडियो बॉक्स आम तौर पर दो विद्यार्थियों के होते हैं।</translation>
    </message>
    <message>
      <source>Botswana</source>
      <translation>बोत्स्वाना</translation>
    </message>
    <message>
      <source>Bouvet Island</source>
      <translation>बोवेत द्वीप</translation>
    </message>
    <message>
      <source>Brazil</source>
      <translation>ब्राज़ील</translation>
    </message>
    <message>
      <source>Britain (UK)</source>
      <translation>ब्रिटेन</translation>
    </message>
    <message>
      <source>British Indian Ocean Territory</source>
      <translation>ब्रिटिश हिंद महासागरीय क्षेत्र</translation>
    </message>
    <message>
      <source>Brunei</source>
      <translation>ब्रूनेई</translation>
    </message>
    <message>
      <source>Bulgaria</source>
      <translation>बुल्गारिया</translation>
    </message>
    <message>
      <source>Burkina Faso</source>
      <translation>बुर्किना फ़ासो</translation>
    </message>
    <message>
      <source>Burundi</source>
      <translation>बुरुंडी</translation>
    </message>
    <message>
      <source>By name; F2 or a double click renames a student</source>
      <translation>नाम के क्रम में; F2 या डबल क्लिक से विद्यार्थी का नाम बदलें</translation>
    </message>
    <message>
      <source>By skin colour, age or culture it was not measured. Systems of this kind misread darker skin, side views and East Asian faces more often.</source>
      <translation>त्वचा के रंग, उम्र या संस्कृति के अनुसार इसे नहीं मापा गया। इस तरह की प्रणालियाँ गहरे रंग की त्वचा, बगल से दिखते चेहरे और पूर्वी एशियाई चेहरे ज़्यादा बार गलत पढ़ती हैं।</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>कॉल</translation>
    </message>
    <message>
      <source>Cambodia</source>
      <translation>कंबोडिया</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>कैमरा</translation>
    </message>
    <message>
      <source>Camera off</source>
      <translation>कैमरा बंद</translation>
    </message>
    <message>
      <source>Camera on</source>
      <translation>कैमरा चालू</translation>
    </message>
    <message>
      <source>Camera on: share of the time in view</source>
      <translation>कैमरा चालू: स्क्रीन पर रहने के समय का कितना हिस्सा</translation>
    </message>
    <message>
      <source>Camera {number}</source>
      <translation>कैमरा {number}</translation>
    </message>
    <message>
      <source>Cameras on</source>
      <translation>चालू कैमरे</translation>
    </message>
    <message>
      <source>Cameroon</source>
      <translation>कैमरून</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>कनाडा</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Cape Verde</source>
      <translation>केप वर्ड</translation>
    </message>
    <message>
      <source>Caribbean NL</source>
      <translation>कैरिबियाई नीदरलैंड</translation>
    </message>
    <message>
      <source>Cayman Islands</source>
      <translation>कैमेन द्वीपसमूह</translation>
    </message>
    <message>
      <source>Central African Rep.</source>
      <translation>मध्य अफ़्रीकी गणराज्य</translation>
    </message>
    <message>
      <source>Chad</source>
      <translation>चाड</translation>
    </message>
    <message>
      <source>Change the bookmark</source>
      <translation>बुकमार्क बदलें</translation>
    </message>
    <message>
      <source>Change the note</source>
      <translation>नोट बदलें</translation>
    </message>
    <message>
      <source>Change the words…</source>
      <translation>शब्द बदलें…</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>बदलें…</translation>
    </message>
    <message>
      <source>Charts, moments, attendance and flags, to read or print.</source>
      <translation>चार्ट, पल, हाज़िरी और संकेत, पढ़ने या छापने के लिए।</translation>
    </message>
    <message>
      <source>Chile</source>
      <translation>चिली</translation>
    </message>
    <message>
      <source>China</source>
      <translation>चीन</translation>
    </message>
    <message>
      <source>Choose a place from the list.</source>
      <translation>सूची से कोई स्थान चुनें।</translation>
    </message>
    <message>
      <source>Choose a recording</source>
      <translation>रिकॉर्डिंग चुनें</translation>
    </message>
    <message>
      <source>Choose the file…</source>
      <translation>फ़ाइल चुनें…</translation>
    </message>
    <message>
      <source>Choose what to watch</source>
      <translation>चुनें कि क्या देखना है</translation>
    </message>
    <message>
      <source>Christmas Island</source>
      <translation>क्रिसमस द्वीप</translation>
    </message>
    <message>
      <source>Class mood now</source>
      <translation>अभी कक्षा का मूड</translation>
    </message>
    <message>
      <source>Class mood over the last ten minutes</source>
      <translation>पिछले दस मिनट में कक्षा का मूड</translation>
    </message>
    <message>
      <source>Class mood, as last seen at {time}</source>
      <translation>कक्षा का मूड, जैसा {time} पर आख़िरी बार दिखा</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Cocos (Keeling) Islands</source>
      <translation>कोकोस (कीलिंग) द्वीपसमूह</translation>
    </message>
    <message>
      <source>Colombia</source>
      <translation>कोलंबिया</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>रंग</translation>
    </message>
    <message>
      <source>Colours: {words}</source>
      <translation>रंग: {words}</translation>
    </message>
    <message>
      <source>Comoros</source>
      <translation>कोमोरोस</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>तुलना करें</translation>
    </message>
    <message>
      <source>Compare with</source>
      <translation>इससे तुलना करें</translation>
    </message>
    <message>
      <source>Compare with another lesson of this course</source>
      <translation>इस कोर्स की किसी और क्लास से तुलना करें</translation>
    </message>
    <message>
      <source>Compare with which lesson</source>
      <translation>किस क्लास से तुलना करें</translation>
    </message>
    <message>
      <source>Compared with the other lesson: {differences}.</source>
      <translation>दूसरी क्लास की तुलना में: {differences}।</translation>
    </message>
    <message>
      <source>Congo (Dem. Rep.)</source>
      <translation>कांगो (लोकतांत्रिक गणराज्य)</translation>
    </message>
    <message>
      <source>Congo (Rep.)</source>
      <translation>कांगो (गणराज्य)</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>आगे बढ़ें</translation>
    </message>
    <message>
      <source>Cook Islands</source>
      <translation>कुक द्वीपसमूह</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
    <message>
      <source>Copy the text</source>
      <translation>पाठ कॉपी करें</translation>
    </message>
    <message>
      <source>Correct</source>
      <translation>सुधारें</translation>
    </message>
    <message>
      <source>Correct who this student is</source>
      <translation>सुधारें कि यह विद्यार्थी कौन है</translation>
    </message>
    <message>
      <source>Costa Rica</source>
      <translation>कोस्टारिका</translation>
    </message>
    <message>
      <source>Course</source>
      <translation>कोर्स</translation>
    </message>
    <message>
      <source>Course, if you like: it helps to find the session again</source>
      <translation>कोर्स, अगर चाहें: इससे सत्र बाद में आसानी से मिलता है</translation>
    </message>
    <message>
      <source>Croatia</source>
      <translation>क्रोएशिया</translation>
    </message>
    <message>
      <source>Cuba</source>
      <translation>क्यूबा</translation>
    </message>
    <message>
      <source>Curaçao</source>
      <translation>कुरासाओ</translation>
    </message>
    <message>
      <source>Cut short</source>
      <translation>बीच में रुक गया</translation>
    </message>
    <message>
      <source>Cyprus</source>
      <translation>साइप्रस</translation>
    </message>
    <message>
      <source>Czech Republic</source>
      <translation>चेक गणराज्य</translation>
    </message>
    <message>
      <source>Côte d’Ivoire</source>
      <translation>कोत दिव्वार</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>गहरे</translation>
    </message>
    <message>
      <source>Data (JSON)</source>
      <translation>डेटा (JSON)</translation>
    </message>
    <message>
      <source>Data (Parquet)</source>
      <translation>डेटा (Parquet)</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>हटाएँ</translation>
    </message>
    <message>
      <source>Delete roster…</source>
      <translation>नाम-सूची हटाएँ…</translation>
    </message>
    <message>
      <source>Delete sessions after</source>
      <translation>सत्र कितने दिन बाद हटाएँ</translation>
    </message>
    <message>
      <source>Delete the roster of {course}?</source>
      <translation>{course} की नाम-सूची हटाएँ?</translation>
    </message>
    <message>
      <source>Delete this session</source>
      <translation>यह सत्र हटाएँ</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>हटाया गया</translation>
    </message>
    <message numerus="yes">
      <source>Deleted: {name}, {day}, {duration} with %n student(s).</source>
      <translation>
        <numerusform>हटाया गया: {name}, {day}, {duration}, %n विद्यार्थी।</numerusform>
        <numerusform>हटाया गया: {name}, {day}, {duration}, %n विद्यार्थी।</numerusform>
      </translation>
    </message>
    <message>
      <source>Denmark</source>
      <translation>डेनमार्क</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>ब्योरा</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Dismiss</source>
      <translation>हटाएँ</translation>
    </message>
    <message>
      <source>Dismiss flag</source>
      <translation>संकेत हटाएँ</translation>
    </message>
    <message>
      <source>Dismiss the flag of the selected student</source>
      <translation>चुने हुए विद्यार्थी का संकेत हटाएँ</translation>
    </message>
    <message>
      <source>Dismiss: {flag}</source>
      <translation>संकेत हटाएँ: {flag}</translation>
    </message>
    <message>
      <source>Djibouti</source>
      <translation>जिबूती</translation>
    </message>
    <message>
      <source>Do not disturb</source>
      <translation>परेशान न करें</translation>
    </message>
    <message>
      <source>Dominica</source>
      <translation>डोमिनिका</translation>
    </message>
    <message>
      <source>Dominican Republic</source>
      <translation>डोमिनिकन गणराज्य</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>हो गया</translation>
    </message>
    <message>
      <source>Draw a rectangle around the class</source>
      <translation>कक्षा के चारों ओर आयत बनाएँ</translation>
    </message>
    <message>
      <source>Draw a rectangle around the class.   Esc: cancel</source>
      <translation>कक्षा के चारों ओर आयत बनाएँ।   Esc: रद्द करें</translation>
    </message>
    <message>
      <source>East Timor</source>
      <translation>पूर्वी तिमोर</translation>
    </message>
    <message>
      <source>Ecuador</source>
      <translation>इक्वाडोर</translation>
    </message>
    <message>
      <source>Egypt</source>
      <translation>मिस्र</translation>
    </message>
    <message>
      <source>El Salvador</source>
      <translation>अल सल्वाडोर</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>समाप्ति</translation>
    </message>
    <message>
      <source>Enter: watch this   ·   arrow keys: move   ·   Shift + arrow keys: resize   ·   Esc: cancel</source>
      <translation>Enter: यही देखें   ·   तीर कुंजियाँ: खिसकाएँ   ·   Shift + तीर कुंजियाँ: आकार बदलें   ·   Esc: रद्द करें</translation>
    </message>
    <message>
      <source>Equatorial Guinea</source>
      <translation>इक्वेटोरियल गिनी</translation>
    </message>
    <message>
      <source>Erase</source>
      <translation>मिटाएँ</translation>
    </message>
    <message>
      <source>Erase this student</source>
      <translation>इस विद्यार्थी को मिटाएँ</translation>
    </message>
    <message>
      <source>Erase {who} from this session?</source>
      <translation>{who} को इस सत्र से मिटाएँ?</translation>
    </message>
    <message>
      <source>Erase…</source>
      <translation>मिटाएँ…</translation>
    </message>
    <message>
      <source>Eritrea</source>
      <translation>इरिट्रिया</translation>
    </message>
    <message>
      <source>Error rates and limits</source>
      <translation>गलतियों की दर और सीमाएँ</translation>
    </message>
    <message>
      <source>Estonia</source>
      <translation>एस्टोनिया</translation>
    </message>
    <message>
      <source>Eswatini (Swaziland)</source>
      <translation>एस्वातिनी (स्वाज़ीलैंड)</translation>
    </message>
    <message>
      <source>Ethiopia</source>
      <translation>इथियोपिया</translation>
    </message>
    <message>
      <source>Every student</source>
      <translation>हर विद्यार्थी</translation>
    </message>
    <message>
      <source>Every student through the session</source>
      <translation>पूरे सत्र में हर विद्यार्थी</translation>
    </message>
    <message>
      <source>Everything known of {who} becomes part of the student that you choose, who keeps their name.</source>
      <translation>{who} के बारे में जो कुछ पता है, वह सब आपके चुने हुए विद्यार्थी का हिस्सा बन जाता है, जिनका नाम वही रहता है।</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>निर्यात करें</translation>
    </message>
    <message>
      <source>Export the attendance</source>
      <translation>हाज़िरी निर्यात करें</translation>
    </message>
    <message>
      <source>Export this session</source>
      <translation>यह सत्र निर्यात करें</translation>
    </message>
    <message>
      <source>Export what was stored of this student</source>
      <translation>इस विद्यार्थी का जो कुछ सहेजा गया, उसे निर्यात करें</translation>
    </message>
    <message>
      <source>Export what was stored of {who}</source>
      <translation>{who} का जो कुछ सहेजा गया, उसे निर्यात करें</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>निर्यात करें…</translation>
    </message>
    <message>
      <source>Expression</source>
      <translation>भाव</translation>
    </message>
    <message>
      <source>Expressions</source>
      <translation>भाव</translation>
    </message>
    <message>
      <source>Expressions are off here: the EU AI Act, Article 5(1)(f), prohibits reading emotions in education. Presence, cameras and your own notes still work.</source>
      <translation>यहाँ भाव पढ़ना बंद है: यूरोपीय संघ (EU) के AI Act का अनुच्छेद 5(1)(f) शिक्षा में भावनाएँ पढ़ने को निषिद्ध करता है। मौजूदगी, कैमरे और आपके अपने नोट फिर भी काम करते हैं।</translation>
    </message>
    <message>
      <source>Expressions can be read here. Your school's own rules may ask for more: check them first.</source>
      <translation>यहाँ चेहरे के भाव पढ़े जा सकते हैं। आपके स्कूल के अपने नियमों में और भी शर्तें हो सकती हैं: पहले उन्हें देख लें।</translation>
    </message>
    <message>
      <source>Expressions differ between persons, cultures and situations (Barrett et al. 2019): compare a person with the same person's own baseline, not with others, and never grade or rank by it.</source>
      <translation>भाव हर व्यक्ति, संस्कृति और स्थिति में अलग होते हैं (Barrett et al. 2019): किसी व्यक्ति की तुलना उसी के अपने सामान्य ढंग से करें, दूसरों से नहीं, और इसके आधार पर न कभी अंक दें, न क्रम बनाएँ।</translation>
    </message>
    <message>
      <source>Expressions off</source>
      <translation>भाव पढ़ना बंद</translation>
    </message>
    <message>
      <source>Expressions stay off here: in the EU and EEA the AI Act, Article 5(1)(f), prohibits reading emotions in education. Who is visible, whose camera is on and your notes still work.</source>
      <translation>यहाँ भाव पढ़ना बंद रहता है: यूरोपीय संघ (EU) और यूरोपीय आर्थिक क्षेत्र (EEA) में AI Act का अनुच्छेद 5(1)(f) शिक्षा में भावनाएँ पढ़ने को निषिद्ध करता है। कौन दिख रहा है, किसका कैमरा चालू है और आपके नोट फिर भी काम करते हैं।</translation>
    </message>
    <message>
      <source>Expressions were off.</source>
      <translation>भाव पढ़ना बंद था।</translation>
    </message>
    <message>
      <source>Expressions were read by {model}.</source>
      <translation>चेहरे के भाव {model} ने पढ़े।</translation>
    </message>
    <message>
      <source>Eyes closed</source>
      <translation>आँखें बंद</translation>
    </message>
    <message>
      <source>FER Desktop: {state}</source>
      <translation>FER Desktop: {state}</translation>
    </message>
    <message>
      <source>FER2013 has no record of age, sex, skin colour or origin, so nothing could be measured by group.</source>
      <translation>FER2013 में उम्र, लिंग, त्वचा के रंग या मूल का कोई ब्योरा नहीं है, इसलिए अलग-अलग समूहों के लिए कुछ भी मापा नहीं जा सका।</translation>
    </message>
    <message>
      <source>FER2013 holds pictures found by web search, many of them posed; a class in a video call looks different.</source>
      <translation>FER2013 में इंटरनेट पर खोजी गई तस्वीरें हैं, जिनमें से बहुत-सी बनावटी मुद्रा में ली गई हैं; वीडियो कॉल में कक्षा इनसे अलग दिखती है।</translation>
    </message>
    <message>
      <source>Face</source>
      <translation>चेहरा</translation>
    </message>
    <message>
      <source>Face seen: share of the time in view</source>
      <translation>चेहरा दिखा: स्क्रीन पर रहने के समय का कितना हिस्सा</translation>
    </message>
    <message>
      <source>Faces seen</source>
      <translation>दिखते चेहरे</translation>
    </message>
    <message>
      <source>Faces visible</source>
      <translation>दिखते चेहरे</translation>
    </message>
    <message>
      <source>Falkland Islands</source>
      <translation>फ़ॉकलैंड द्वीपसमूह</translation>
    </message>
    <message>
      <source>Faroe Islands</source>
      <translation>फ़ेरो द्वीपसमूह</translation>
    </message>
    <message>
      <source>Fear, disgust and sadness are often wrong (see the table): never act on them alone.</source>
      <translation>डर, घिन और उदासी अक्सर गलत पढ़ी जाती हैं (तालिका देखें): केवल इन्हीं के आधार पर कभी कोई कदम न उठाएँ।</translation>
    </message>
    <message>
      <source>Fiji</source>
      <translation>फ़िजी</translation>
    </message>
    <message>
      <source>File name:</source>
      <translation>फ़ाइल का नाम:</translation>
    </message>
    <message>
      <source>Files of type:</source>
      <translation>फ़ाइल का प्रकार:</translation>
    </message>
    <message>
      <source>Finland</source>
      <translation>फ़िनलैंड</translation>
    </message>
    <message>
      <source>First camera</source>
      <translation>पहला कैमरा</translation>
    </message>
    <message>
      <source>First seen</source>
      <translation>पहली बार दिखे</translation>
    </message>
    <message>
      <source>First seen, by this computer's clock</source>
      <translation>पहली बार कब दिखे, इस कंप्यूटर की घड़ी के अनुसार</translation>
    </message>
    <message>
      <source>First steps</source>
      <translation>पहले कदम</translation>
    </message>
    <message>
      <source>First steps…</source>
      <translation>पहले कदम…</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>संकेत</translation>
    </message>
    <message>
      <source>Flag of the class dismissed.</source>
      <translation>पूरी कक्षा का संकेत हटाया गया।</translation>
    </message>
    <message>
      <source>Flag of {who} dismissed.</source>
      <translation>{who} का संकेत हटाया गया।</translation>
    </message>
    <message>
      <source>Flags</source>
      <translation>संकेत</translation>
    </message>
    <message>
      <source>Flags are recorded, and nothing pops up, moves or changes place.</source>
      <translation>संकेत दर्ज होते हैं, पर न कुछ सामने आता है, न हिलता है, न जगह बदलता है।</translation>
    </message>
    <message>
      <source>Flags in the order of time, each with its reason</source>
      <translation>समय के क्रम में संकेत, हर एक अपने कारण के साथ</translation>
    </message>
    <message>
      <source>Flags of single students are left out here.</source>
      <translation>अलग-अलग विद्यार्थियों के संकेत यहाँ नहीं दिए गए।</translation>
    </message>
    <message>
      <source>Flags: who may need attention</source>
      <translation>संकेत: किस पर शायद ध्यान देने की ज़रूरत है</translation>
    </message>
    <message>
      <source>For a class in this room</source>
      <translation>इसी कमरे में बैठी कक्षा के लिए</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>पहचाना गया</translation>
    </message>
    <message>
      <source>Frame rate, delay and counts</source>
      <translation>फ़्रेम दर, देरी और गिनती</translation>
    </message>
    <message>
      <source>France</source>
      <translation>फ़्रांस</translation>
    </message>
    <message>
      <source>French Guiana</source>
      <translation>फ़्रेंच गुयाना</translation>
    </message>
    <message>
      <source>French Polynesia</source>
      <translation>फ़्रेंच पोलिनेशिया</translation>
    </message>
    <message>
      <source>French S. Terr.</source>
      <translation>फ़्रांसीसी दक्षिणी क्षेत्र</translation>
    </message>
    <message>
      <source>From</source>
      <translation>कब से</translation>
    </message>
    <message>
      <source>From here on somebody else</source>
      <translation>यहाँ से आगे कोई और</translation>
    </message>
    <message>
      <source>From here on somebody else…</source>
      <translation>यहाँ से आगे कोई और…</translation>
    </message>
    <message>
      <source>Gabon</source>
      <translation>गैबॉन</translation>
    </message>
    <message>
      <source>Gambia</source>
      <translation>गाम्बिया</translation>
    </message>
    <message>
      <source>Georgia</source>
      <translation>जॉर्जिया</translation>
    </message>
    <message>
      <source>Germany</source>
      <translation>जर्मनी</translation>
    </message>
    <message>
      <source>Getting ready…</source>
      <translation>तैयारी हो रही है…</translation>
    </message>
    <message>
      <source>Ghana</source>
      <translation>घाना</translation>
    </message>
    <message>
      <source>Gibraltar</source>
      <translation>जिब्राल्टर</translation>
    </message>
    <message>
      <source>Going on now</source>
      <translation>अभी जारी</translation>
    </message>
    <message>
      <source>Greece</source>
      <translation>यूनान (ग्रीस)</translation>
    </message>
    <message>
      <source>Greenland</source>
      <translation>ग्रीनलैंड</translation>
    </message>
    <message>
      <source>Grenada</source>
      <translation>ग्रेनाडा</translation>
    </message>
    <message>
      <source>Guadeloupe</source>
      <translation>ग्वाडेलूप</translation>
    </message>
    <message>
      <source>Guam</source>
      <translation>गुआम</translation>
    </message>
    <message>
      <source>Guatemala</source>
      <translation>ग्वाटेमाला</translation>
    </message>
    <message>
      <source>Guernsey</source>
      <translation>गर्नसी</translation>
    </message>
    <message>
      <source>Guinea</source>
      <translation>गिनी</translation>
    </message>
    <message>
      <source>Guinea-Bissau</source>
      <translation>गिनी-बिसाउ</translation>
    </message>
    <message>
      <source>Guyana</source>
      <translation>गुयाना</translation>
    </message>
    <message>
      <source>Haiti</source>
      <translation>हैती</translation>
    </message>
    <message>
      <source>Heard Island &amp; McDonald Islands</source>
      <translation>हर्ड द्वीप और मैकडोनॉल्ड द्वीपसमूह</translation>
    </message>
    <message>
      <source>Hide what is watched</source>
      <translation>जो देखा जा रहा है उसे छिपाएँ</translation>
    </message>
    <message>
      <source>Honduras</source>
      <translation>होंडूरास</translation>
    </message>
    <message>
      <source>Hong Kong</source>
      <translation>हांगकांग</translation>
    </message>
    <message>
      <source>How long a tile of theirs was seen</source>
      <translation>उनका वीडियो बॉक्स कितनी देर दिखा</translation>
    </message>
    <message>
      <source>How often each expression was found on photographs on which people agreed</source>
      <translation>जिन तस्वीरों पर लोग एकमत थे, उन पर हर भाव कितनी बार पहचाना गया</translation>
    </message>
    <message>
      <source>How often they may have needed attention</source>
      <translation>कितनी बार उन पर शायद ध्यान देने की ज़रूरत थी</translation>
    </message>
    <message>
      <source>How sure is this?</source>
      <translation>यह कितना पक्का है?</translation>
    </message>
    <message>
      <source>Hungary</source>
      <translation>हंगरी</translation>
    </message>
    <message>
      <source>I have told the class</source>
      <translation>मैंने कक्षा को बता दिया है</translation>
    </message>
    <message>
      <source>I never use it for grades.</source>
      <translation>मेरी ओर से इसका उपयोग अंक या ग्रेड देने के लिए कभी नहीं होता।</translation>
    </message>
    <message>
      <source>Iceland</source>
      <translation>आइसलैंड</translation>
    </message>
    <message>
      <source>If you would rather not take part, tell me, now or at any time, openly or in a private message: one click and you are left out. You can ask to see or to have deleted what was recorded about you.</source>
      <translation>अगर आपकी इसमें शामिल होने की इच्छा न हो, तो मुझे बताएँ, अभी या कभी भी, सबके सामने या निजी संदेश में: एक क्लिक में आपको इससे बाहर कर दिया जाता है। आपके बारे में जो दर्ज हुआ है, उसे देखने या हटवाने के लिए आप कह सकते हैं।</translation>
    </message>
    <message>
      <source>If you would rather not take part, tell me, openly or in a private message, or leave your camera off. You can ask to have what was recorded of the class deleted.</source>
      <translation>अगर आपकी इसमें शामिल होने की इच्छा न हो, तो मुझे सबके सामने या निजी संदेश में बताएँ, या अपना कैमरा बंद रखें। कक्षा के बारे में जो दर्ज हुआ है, उसे हटवाने के लिए आप कह सकते हैं।</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>आयात करें</translation>
    </message>
    <message>
      <source>Import roster…</source>
      <translation>नाम-सूची आयात करें…</translation>
    </message>
    <message>
      <source>Import the roster of {course}?</source>
      <translation>{course} की नाम-सूची आयात करें?</translation>
    </message>
    <message>
      <source>In class</source>
      <translation>क्लास के दौरान</translation>
    </message>
    <message>
      <source>In the lesson</source>
      <translation>क्लास में समय</translation>
    </message>
    <message>
      <source>In view</source>
      <translation>स्क्रीन पर</translation>
    </message>
    <message>
      <source>In view for {duration}, {share} of the time watched; camera on for {camera} of that, face seen for {face}.</source>
      <translation>स्क्रीन पर {duration}, देखे गए समय का {share}; उसमें से {camera} समय कैमरा चालू, {face} समय चेहरा दिखा।</translation>
    </message>
    <message>
      <source>India</source>
      <translation>भारत</translation>
    </message>
    <message>
      <source>Indonesia</source>
      <translation>इंडोनेशिया</translation>
    </message>
    <message>
      <source>Iran</source>
      <translation>ईरान</translation>
    </message>
    <message>
      <source>Iraq</source>
      <translation>इराक</translation>
    </message>
    <message>
      <source>Ireland</source>
      <translation>आयरलैंड</translation>
    </message>
    <message>
      <source>Isle of Man</source>
      <translation>आइल ऑफ़ मैन</translation>
    </message>
    <message>
      <source>Israel</source>
      <translation>इज़राइल</translation>
    </message>
    <message>
      <source>It always answers, also for a picture that shows no face: check for a face before.</source>
      <translation>यह हमेशा कोई उत्तर देता है, उस तस्वीर पर भी जिसमें कोई चेहरा न हो: पहले जाँच लें कि चेहरा है।</translation>
    </message>
    <message>
      <source>It expects the face on the frame given above. Side views, tilted heads, hands before the mouth, masks and strong backlight are read worse; faces below 20 px were not measured.</source>
      <translation>यह मानकर चलता है कि चेहरा ऊपर दिए गए ढाँचे पर है। बगल से दिखते चेहरे, झुके हुए सिर, मुँह के आगे हाथ, मास्क और पीछे से आती तेज़ रोशनी में यह ज़्यादा गलत पढ़ता है; 20 पिक्सेल से छोटे चेहरों पर इसे परखा नहीं गया।</translation>
    </message>
    <message>
      <source>It is back.</source>
      <translation>वह वापस आ गया है।</translation>
    </message>
    <message>
      <source>It is followed when it moves. Keep it in gallery view, and let nothing cover it.</source>
      <translation>विंडो खिसके तो भी उसी को देखा जाता है। उसे गैलरी व्यू में रखें और किसी चीज़ से ढकने न दें।</translation>
    </message>
    <message>
      <source>It keeps numbers, not pictures: no video, photo or sound is stored, and nothing leaves my computer.</source>
      <translation>यह संख्याएँ रखता है, तस्वीरें नहीं: कोई वीडियो, फ़ोटो या आवाज़ सहेजी नहीं जाती, और मेरे कंप्यूटर से कुछ भी बाहर नहीं जाता।</translation>
    </message>
    <message>
      <source>It notices who is visible and whose camera is on, and estimates from faces, eyes and turned heads how the class feels and how attentive it looks, so that I can see when I am losing you.</source>
      <translation>वह गौर करता है कि कौन दिख रहा है और किसका कैमरा चालू है, और चेहरों, आँखों और सिर के घुमाव से अनुमान लगाता है कि कक्षा को कैसा लग रहा है और वह कितना ध्यान देती दिख रही है, ताकि मुझे पता चले कि कब मेरी बात आप तक नहीं पहुँच रही है।</translation>
    </message>
    <message>
      <source>It notices who is visible and whose camera is on. It does not read expressions or feelings.</source>
      <translation>वह गौर करता है कि कौन दिख रहा है और किसका कैमरा चालू है। वह चेहरे के भाव या भावनाएँ नहीं पढ़ता।</translation>
    </message>
    <message>
      <source>Italy</source>
      <translation>इटली</translation>
    </message>
    <message>
      <source>Its estimates are often wrong: I use them only to teach better, and never for grades.</source>
      <translation>इसके अनुमान अक्सर गलत होते हैं; मेरी ओर से इनका उपयोग केवल बेहतर पढ़ाने के लिए होता है, अंक या ग्रेड देने के लिए कभी नहीं।</translation>
    </message>
    <message>
      <source>Jamaica</source>
      <translation>जमैका</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>जापान</translation>
    </message>
    <message>
      <source>Jersey</source>
      <translation>जर्सी</translation>
    </message>
    <message>
      <source>Join</source>
      <translation>मिलाएँ</translation>
    </message>
    <message>
      <source>Jordan</source>
      <translation>जॉर्डन</translation>
    </message>
    <message>
      <source>Kazakhstan</source>
      <translation>कज़ाखस्तान</translation>
    </message>
    <message>
      <source>Keep above other windows</source>
      <translation>दूसरी विंडो के ऊपर रखें</translation>
    </message>
    <message>
      <source>Keep the window above others</source>
      <translation>विंडो को दूसरों के ऊपर रखें</translation>
    </message>
    <message>
      <source>Keep to the class as a whole</source>
      <translation>केवल पूरी कक्षा</translation>
    </message>
    <message>
      <source>Keep to the class as a whole: no single students are listed or stored</source>
      <translation>केवल पूरी कक्षा: अलग-अलग विद्यार्थी न सूची में आते हैं, न सहेजे जाते हैं</translation>
    </message>
    <message>
      <source>Keep until deleted</source>
      <translation>हटाने तक रखें</translation>
    </message>
    <message>
      <source>Kenya</source>
      <translation>केन्या</translation>
    </message>
    <message>
      <source>Kept in memory until it can be stored: {error}</source>
      <translation>सहेजे जा सकने तक मेमोरी में रखा गया है: {error}</translation>
    </message>
    <message>
      <source>Kept once there is a picture.</source>
      <translation>तस्वीर मिलते ही रख लिया जाएगा।</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>कुंजियाँ</translation>
    </message>
    <message>
      <source>Keys work in the call too</source>
      <translation>कुंजियाँ कॉल में भी काम करें</translation>
    </message>
    <message>
      <source>Kiribati</source>
      <translation>किरिबाती</translation>
    </message>
    <message>
      <source>Korea (North)</source>
      <translation>उत्तर कोरिया</translation>
    </message>
    <message>
      <source>Korea (South)</source>
      <translation>दक्षिण कोरिया</translation>
    </message>
    <message>
      <source>Kuwait</source>
      <translation>कुवैत</translation>
    </message>
    <message>
      <source>Kyrgyzstan</source>
      <translation>किर्गिज़स्तान</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>भाषा</translation>
    </message>
    <message>
      <source>Laos</source>
      <translation>लाओस</translation>
    </message>
    <message>
      <source>Large</source>
      <translation>बड़े</translation>
    </message>
    <message>
      <source>Larger</source>
      <translation>और बड़े</translation>
    </message>
    <message>
      <source>Largest drop of the mood</source>
      <translation>मूड में सबसे बड़ी गिरावट</translation>
    </message>
    <message>
      <source>Largest drops</source>
      <translation>सबसे बड़ी गिरावटें</translation>
    </message>
    <message>
      <source>Last seen</source>
      <translation>आखिरी बार दिखे</translation>
    </message>
    <message>
      <source>Last seen, by this computer's clock</source>
      <translation>आखिरी बार कब दिखे, इस कंप्यूटर की घड़ी के अनुसार</translation>
    </message>
    <message>
      <source>Last session</source>
      <translation>पिछला सत्र</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>बाद में</translation>
    </message>
    <message>
      <source>Latvia</source>
      <translation>लातविया</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>शामिल न करें</translation>
    </message>
    <message>
      <source>Leave the selected student out, or take them in again</source>
      <translation>चुने हुए विद्यार्थी को शामिल न करें, या फिर से शामिल करें</translation>
    </message>
    <message>
      <source>Lebanon</source>
      <translation>लेबनान</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>Lesotho</source>
      <translation>लेसोथो</translation>
    </message>
    <message>
      <source>Lesson</source>
      <translation>क्लास</translation>
    </message>
    <message>
      <source>Liberia</source>
      <translation>लाइबेरिया</translation>
    </message>
    <message>
      <source>Libya</source>
      <translation>लीबिया</translation>
    </message>
    <message>
      <source>Liechtenstein</source>
      <translation>लिचेंस्टीन</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>हल्के</translation>
    </message>
    <message>
      <source>Like the system</source>
      <translation>सिस्टम के अनुसार</translation>
    </message>
    <message>
      <source>Lithuania</source>
      <translation>लिथुआनिया</translation>
    </message>
    <message>
      <source>Loading…</source>
      <translation>खुल रहा है…</translation>
    </message>
    <message>
      <source>Look at the class, not at a face; at changes, not at moments. A neutral face is not a bored one, and confusion is none of the seven expressions. Fear and disgust are often misread: never act on them.</source>
      <translation>कक्षा को देखें, किसी एक चेहरे को नहीं; बदलावों को देखें, किसी एक पल को नहीं। तटस्थ चेहरा ऊबा हुआ चेहरा नहीं होता, और उलझन इन सात भावों में से कोई नहीं है। डर और घिन अक्सर गलत पढ़े जाते हैं: इनके आधार पर कभी कोई कदम न उठाएँ।</translation>
    </message>
    <message>
      <source>Look in:</source>
      <translation>यहाँ देखें:</translation>
    </message>
    <message>
      <source>Luxembourg</source>
      <translation>लग्ज़मबर्ग</translation>
    </message>
    <message>
      <source>Macau</source>
      <translation>मकाऊ</translation>
    </message>
    <message>
      <source>Madagascar</source>
      <translation>मेडागास्कर</translation>
    </message>
    <message>
      <source>Made on {day} at {time} ({zone}) by FER Desktop {version}, on the teacher's own computer; no picture of anybody was kept.</source>
      <translation>{day} को {time} बजे ({zone}) FER Desktop {version} ने शिक्षक के अपने कंप्यूटर पर बनाया; किसी की कोई तस्वीर नहीं रखी गई।</translation>
    </message>
    <message>
      <source>Make sure that the class gallery is inside the watched region.</source>
      <translation>देख लें कि कक्षा की गैलरी चुने हुए हिस्से के भीतर है।</translation>
    </message>
    <message>
      <source>Malawi</source>
      <translation>मलावी</translation>
    </message>
    <message>
      <source>Malaysia</source>
      <translation>मलेशिया</translation>
    </message>
    <message>
      <source>Maldives</source>
      <translation>मालदीव</translation>
    </message>
    <message>
      <source>Mali</source>
      <translation>माली</translation>
    </message>
    <message>
      <source>Malta</source>
      <translation>माल्टा</translation>
    </message>
    <message>
      <source>Marshall Islands</source>
      <translation>मार्शल द्वीपसमूह</translation>
    </message>
    <message>
      <source>Martinique</source>
      <translation>मार्टीनिक</translation>
    </message>
    <message>
      <source>Mauritania</source>
      <translation>मॉरिटानिया</translation>
    </message>
    <message>
      <source>Mauritius</source>
      <translation>मॉरीशस</translation>
    </message>
    <message>
      <source>Mayotte</source>
      <translation>मायोते</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>मेनू</translation>
    </message>
    <message>
      <source>Mexico</source>
      <translation>मैक्सिको</translation>
    </message>
    <message>
      <source>Micronesia</source>
      <translation>माइक्रोनेशिया</translation>
    </message>
    <message>
      <source>Minute by minute</source>
      <translation>मिनट-दर-मिनट</translation>
    </message>
    <message>
      <source>Moldova</source>
      <translation>मॉल्डोवा</translation>
    </message>
    <message>
      <source>Moments</source>
      <translation>पल</translation>
    </message>
    <message>
      <source>Moments of the session</source>
      <translation>सत्र के पल</translation>
    </message>
    <message>
      <source>Monaco</source>
      <translation>मोनाको</translation>
    </message>
    <message>
      <source>Mongolia</source>
      <translation>मंगोलिया</translation>
    </message>
    <message>
      <source>Monitor {number}</source>
      <translation>मॉनिटर {number}</translation>
    </message>
    <message>
      <source>Montenegro</source>
      <translation>मोंटेनेग्रो</translation>
    </message>
    <message>
      <source>Montserrat</source>
      <translation>मोंटसेरात</translation>
    </message>
    <message>
      <source>Mood</source>
      <translation>मूड</translation>
    </message>
    <message>
      <source>Mood dropped</source>
      <translation>मूड गिरा</translation>
    </message>
    <message>
      <source>Mood fell ({number})</source>
      <translation>मूड गिरा ({number})</translation>
    </message>
    <message>
      <source>Mood of the class</source>
      <translation>कक्षा का मूड</translation>
    </message>
    <message>
      <source>Mood of the class drops by</source>
      <translation>कक्षा का मूड इतना गिरे</translation>
    </message>
    <message>
      <source>Mood of the class through the session</source>
      <translation>पूरे सत्र में कक्षा का मूड</translation>
    </message>
    <message>
      <source>Mood on the whole</source>
      <translation>कुल मिलाकर मूड</translation>
    </message>
    <message>
      <source>Mood {mood}</source>
      <translation>मूड {mood}</translation>
    </message>
    <message>
      <source>More about the class</source>
      <translation>कक्षा के बारे में और</translation>
    </message>
    <message>
      <source>More about the selected student</source>
      <translation>चुने हुए विद्यार्थी के बारे में और</translation>
    </message>
    <message>
      <source>More is smoother and costs more battery. 5 is plenty.</source>
      <translation>ज़्यादा से सब अधिक सहज चलता है, पर बैटरी ज़्यादा लगती है। 5 काफ़ी है।</translation>
    </message>
    <message>
      <source>Morocco</source>
      <translation>मोरक्को</translation>
    </message>
    <message>
      <source>Mostly</source>
      <translation>ज़्यादातर</translation>
    </message>
    <message>
      <source>Mozambique</source>
      <translation>मोज़ांबिक</translation>
    </message>
    <message>
      <source>Myanmar (Burma)</source>
      <translation>म्यांमार (बर्मा)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Name of {who}</source>
      <translation>{who} का नाम</translation>
    </message>
    <message>
      <source>Names</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Names are read to tell students apart. Off: they are forgotten at the end of the lesson and students appear as Student 1, 2 ...; on: names are shown and stored.</source>
      <translation>विद्यार्थियों में अंतर करने के लिए नाम पढ़े जाते हैं। बंद: क्लास के अंत में नाम भुला दिए जाते हैं और विद्यार्थी 'विद्यार्थी 1, 2 ...' के रूप में दिखते हैं; चालू: नाम दिखाए और सहेजे जाते हैं।</translation>
    </message>
    <message>
      <source>Namibia</source>
      <translation>नामीबिया</translation>
    </message>
    <message>
      <source>Nauru</source>
      <translation>नाउरु</translation>
    </message>
    <message>
      <source>Nepal</source>
      <translation>नेपाल</translation>
    </message>
    <message>
      <source>Netherlands</source>
      <translation>नीदरलैंड</translation>
    </message>
    <message>
      <source>New Caledonia</source>
      <translation>न्यू कैलेडोनिया</translation>
    </message>
    <message>
      <source>New Zealand</source>
      <translation>न्यूज़ीलैंड</translation>
    </message>
    <message>
      <source>Nicaragua</source>
      <translation>निकारागुआ</translation>
    </message>
    <message>
      <source>Niger</source>
      <translation>नाइजर</translation>
    </message>
    <message>
      <source>Nigeria</source>
      <translation>नाइजीरिया</translation>
    </message>
    <message>
      <source>Niue</source>
      <translation>नीयू</translation>
    </message>
    <message>
      <source>No bookmarks, no notes on the class, no large drops.</source>
      <translation>न कोई बुकमार्क, न पूरी कक्षा पर कोई नोट, न कोई बड़ी गिरावट।</translation>
    </message>
    <message>
      <source>No bookmarks, no notes, no large drops.</source>
      <translation>न कोई बुकमार्क, न कोई नोट, न कोई बड़ी गिरावट।</translation>
    </message>
    <message>
      <source>No face is seen now</source>
      <translation>अभी कोई चेहरा नहीं दिख रहा</translation>
    </message>
    <message>
      <source>No flag of the class as a whole was raised.</source>
      <translation>पूरी कक्षा का कोई संकेत नहीं उठा।</translation>
    </message>
    <message>
      <source>No flag was raised.</source>
      <translation>कोई संकेत नहीं उठा।</translation>
    </message>
    <message>
      <source>No name is kept of this student, and who they are is never told by the face: so they cannot be found in other lessons. A name that you give them here, or names allowed in the settings, make it possible.</source>
      <translation>इस विद्यार्थी का कोई नाम नहीं रखा गया है, और चेहरे से कभी नहीं पहचाना जाता कि वे कौन हैं: इसलिए उन्हें दूसरी क्लासों में नहीं ढूँढा जा सकता। आप यहाँ उन्हें नाम दें, या सेटिंग में नामों की अनुमति दें, तो यह हो सकता है।</translation>
    </message>
    <message>
      <source>No other window is open. Open your call, and it appears here.</source>
      <translation>कोई और विंडो खुली नहीं है। अपनी कॉल खोलें, वह यहाँ दिखने लगेगी।</translation>
    </message>
    <message>
      <source>No sessions yet.

Choose what to watch in the main window. When you stop watching, the session appears here.</source>
      <translation>अभी कोई सत्र नहीं है।

मुख्य विंडो में चुनें कि क्या देखना है। जब आप देखना समाप्त करेंगे, तब सत्र यहाँ दिखेगा।</translation>
    </message>
    <message>
      <source>No single students are listed or stored; the mood needs {number} faces.</source>
      <translation>अलग-अलग विद्यार्थी न सूची में आते हैं, न सहेजे जाते हैं; मूड के लिए {number} चेहरे चाहिए।</translation>
    </message>
    <message>
      <source>No student was seen.</source>
      <translation>कोई विद्यार्थी नहीं दिखा।</translation>
    </message>
    <message>
      <source>No students seen yet</source>
      <translation>अभी तक कोई विद्यार्थी नहीं दिखा</translation>
    </message>
    <message>
      <source>No window fits what you look for.</source>
      <translation>आप जो खोज रहे हैं, वैसी कोई विंडो नहीं मिली।</translation>
    </message>
    <message>
      <source>Nobody has been seen in this recording so far.</source>
      <translation>इस रिकॉर्डिंग में अब तक कोई नहीं दिखा।</translation>
    </message>
    <message>
      <source>Nobody is seen in this part of the screen. Is the call in gallery view, and inside the rectangle? If it was moved, stop and choose its window: that is followed.</source>
      <translation>स्क्रीन के इस हिस्से में कोई नहीं दिख रहा। क्या कॉल गैलरी व्यू में और आयत के भीतर है? अगर वह खिसक गई है, तो समाप्त करें और उसकी विंडो चुनें: विंडो खिसके तो भी उसी को देखा जाता है।</translation>
    </message>
    <message>
      <source>Nobody is seen in this window. Show the call in gallery view and let nothing cover it. Is it the right window? If not, stop and choose another one.</source>
      <translation>इस विंडो में कोई नहीं दिख रहा। कॉल को गैलरी व्यू में दिखाएँ और किसी चीज़ से ढकने न दें। क्या यह सही विंडो है? अगर नहीं, तो समाप्त करें और दूसरी चुनें।</translation>
    </message>
    <message>
      <source>Nobody is seen. Bring the call to the front, in gallery view.</source>
      <translation>कोई नहीं दिख रहा। कॉल को गैलरी व्यू में सबसे आगे लाएँ।</translation>
    </message>
    <message>
      <source>Nobody is seen. Does the camera point at the class, and is there enough light?</source>
      <translation>कोई नहीं दिख रहा। क्या कैमरा कक्षा की ओर है, और रोशनी काफ़ी है?</translation>
    </message>
    <message>
      <source>Nobody is watched now</source>
      <translation>अभी किसी को नहीं देखा जा रहा</translation>
    </message>
    <message>
      <source>None of this kind in this session.</source>
      <translation>इस सत्र में इस तरह का कुछ नहीं है।</translation>
    </message>
    <message>
      <source>Norfolk Island</source>
      <translation>नॉरफ़ॉक द्वीप</translation>
    </message>
    <message>
      <source>Normal</source>
      <translation>सामान्य</translation>
    </message>
    <message>
      <source>North Macedonia</source>
      <translation>उत्तरी मकदूनिया</translation>
    </message>
    <message>
      <source>Northern Mariana Islands</source>
      <translation>उत्तरी मारियाना द्वीपसमूह</translation>
    </message>
    <message>
      <source>Norway</source>
      <translation>नॉर्वे</translation>
    </message>
    <message>
      <source>Not found</source>
      <translation>नहीं मिला</translation>
    </message>
    <message>
      <source>Not in the call, or the camera is on and no face is seen, for {duration}.</source>
      <translation>{duration} तक कॉल में न हों, या कैमरा चालू हो पर चेहरा न दिखे।</translation>
    </message>
    <message>
      <source>Not saved: this is no place of the list. The law depends on it, so choose one.</source>
      <translation>सहेजा नहीं गया: यह सूची का कोई स्थान नहीं है। कानून इसी पर निर्भर है, इसलिए सूची से एक स्थान चुनें।</translation>
    </message>
    <message>
      <source>Not watching</source>
      <translation>अभी नहीं देख रहा</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>नोट</translation>
    </message>
    <message>
      <source>Note on {who}</source>
      <translation>{who} पर नोट</translation>
    </message>
    <message>
      <source>Note on {who} kept.</source>
      <translation>{who} पर नोट सहेजा गया।</translation>
    </message>
    <message>
      <source>Notes on single students are left out here.</source>
      <translation>अलग-अलग विद्यार्थियों पर नोट यहाँ नहीं दिए गए।</translation>
    </message>
    <message>
      <source>Note…</source>
      <translation>नोट…</translation>
    </message>
    <message>
      <source>Nothing found. Fewer words find more.</source>
      <translation>कुछ नहीं मिला। कम शब्दों से ज़्यादा मिलता है।</translation>
    </message>
    <message>
      <source>Nothing in the region has changed for {seconds} seconds. Is the call still there, and its window open?</source>
      <translation>चुने हुए हिस्से में {seconds} सेकंड से कुछ नहीं बदला। क्या कॉल अब भी वहीं है, और उसकी विंडो खुली है?</translation>
    </message>
    <message>
      <source>Nothing is told here of students who were left out.</source>
      <translation>जिन विद्यार्थियों को छोड़ दिया गया, उनके बारे में यहाँ कुछ नहीं बताया गया है।</translation>
    </message>
    <message>
      <source>Nothing is watched now</source>
      <translation>अभी कुछ नहीं देखा जा रहा</translation>
    </message>
    <message>
      <source>Nothing was read.</source>
      <translation>कुछ नहीं पढ़ा गया।</translation>
    </message>
    <message>
      <source>Nothing was recorded in this session.</source>
      <translation>इस सत्र में कुछ दर्ज नहीं हुआ।</translation>
    </message>
    <message>
      <source>Nothing was recorded that could be told of the class.</source>
      <translation>ऐसा कुछ दर्ज नहीं हुआ जो कक्षा के बारे में बताया जा सके।</translation>
    </message>
    <message>
      <source>Nothing was seen of them in this lesson.</source>
      <translation>इस क्लास में वे बिल्कुल नहीं दिखे।</translation>
    </message>
    <message>
      <source>Notice</source>
      <translation>सूचना</translation>
    </message>
    <message>
      <source>Numbers hold within one session. F2 or a double click renames a student</source>
      <translation>विद्यार्थियों के नंबर एक ही सत्र के भीतर मान्य हैं। F2 या डबल क्लिक से विद्यार्थी का नाम बदलें</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>ठीक है</translation>
    </message>
    <message>
      <source>Of {shown} photographs that it did not learn from (they served to choose and to calibrate it), most of ten people agreed on {pictures}: there it saw what they saw in {right} of 100 (95 % interval: {low} to {high}).</source>
      <translation>इसे {shown} ऐसी तस्वीरें दिखाई गईं जिनसे इसने सीखा नहीं था (उनका उपयोग इसे चुनने और ठीक-ठीक बिठाने में हुआ)। इनमें से {pictures} पर दस में से ज़्यादातर लोग एकमत थे: वहाँ इसने 100 में से {right} बार वही देखा जो उन्होंने देखा (95% अंतराल: {low} से {high})।</translation>
    </message>
    <message>
      <source>Of {shown} photographs that it did not learn from (they served to choose and to calibrate it), most of ten people agreed on {pictures}: there it saw what they saw in {right} of 100 (between {low} and {high}). On the others people differ, and there is no single right answer. For one face at one moment it may be wrong; over a whole class and ten seconds much of that evens out.</source>
      <translation>इसे {shown} ऐसी तस्वीरें दिखाई गईं जिनसे इसने सीखा नहीं था (उनका उपयोग इसे चुनने और ठीक-ठीक बिठाने में हुआ)। इनमें से {pictures} पर दस में से ज़्यादातर लोग एकमत थे: वहाँ इसने 100 में से {right} बार वही देखा जो उन्होंने देखा ({low} और {high} के बीच)। बाकी तस्वीरों पर लोग खुद एकमत नहीं हैं, और वहाँ कोई एक सही जवाब नहीं है। किसी एक पल में किसी एक चेहरे के लिए यह गलत हो सकता है; पूरी कक्षा और दस सेकंड को मिलाकर इनमें से बहुत-सी गलतियाँ आपस में बराबर हो जाती हैं।</translation>
    </message>
    <message>
      <source>Of {shown} photographs that it did not learn from, most of ten people agreed on {pictures}: there it saw what they saw in {right} of 100 (95 % interval: {low} to {high}).</source>
      <translation>इसे {shown} ऐसी तस्वीरें दिखाई गईं जिनसे इसने सीखा नहीं था। इनमें से {pictures} पर दस में से ज़्यादातर लोग एकमत थे: वहाँ इसने 100 में से {right} बार वही देखा जो उन्होंने देखा (95% अंतराल: {low} से {high})।</translation>
    </message>
    <message>
      <source>Older sessions are deleted when the app starts.</source>
      <translation>इससे पुराने सत्र प्रोग्राम शुरू होने पर हटा दिए जाते हैं।</translation>
    </message>
    <message>
      <source>Oman</source>
      <translation>ओमान</translation>
    </message>
    <message>
      <source>On the others people differ, and there is no single right answer. For one face at one moment it may be wrong; over a whole class and ten seconds much of that evens out.</source>
      <translation>बाकी तस्वीरों पर लोग खुद एकमत नहीं हैं, और वहाँ कोई एक सही जवाब नहीं है। किसी एक पल में किसी एक चेहरे के लिए यह गलत हो सकता है; पूरी कक्षा और दस सेकंड को मिलाकर इनमें से बहुत-सी गलतियाँ आपस में बराबर हो जाती हैं।</translation>
    </message>
    <message>
      <source>On the roster</source>
      <translation>नाम-सूची में</translation>
    </message>
    <message>
      <source>On the whole</source>
      <translation>कुल मिलाकर</translation>
    </message>
    <message>
      <source>On top</source>
      <translation>सबसे ऊपर</translation>
    </message>
    <message>
      <source>One moment…</source>
      <translation>एक पल…</translation>
    </message>
    <message>
      <source>One student</source>
      <translation>एक विद्यार्थी</translation>
    </message>
    <message>
      <source>Only the class as a whole, in seconds with {least} faces or more. Names in your notes are replaced; nicknames are not known, so read your notes once before you hand the file on.</source>
      <translation>केवल पूरी कक्षा एक साथ, और केवल वे सेकंड जिनमें {least} या अधिक चेहरे हों। आपके नोट में आए नाम बदल दिए जाते हैं; पुकार के नाम पता नहीं होते, इसलिए फ़ाइल किसी को देने से पहले अपने नोट एक बार पढ़ लें।</translation>
    </message>
    <message>
      <source>Only watched time counts: a pause is nobody's absence. A flag that comes and goes is raised again after {duration} at the earliest. Once dismissed it waits until its reason has ended and comes anew; dismissed twice, it stays quiet for the session. A flag is a hint to look, not a finding.</source>
      <translation>केवल देखा गया समय गिना जाता है: रोकने का समय किसी की अनुपस्थिति नहीं है। जो संकेत आता-जाता रहे, वह कम से कम {duration} बाद ही फिर उठता है। एक बार हटाने पर वह तब तक रुकता है जब तक उसका कारण समाप्त होकर नए सिरे से न आए; दो बार हटाने पर वह पूरे सत्र में चुप रहता है। संकेत देख लेने का इशारा है, कोई निष्कर्ष नहीं।</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>खोलें</translation>
    </message>
    <message>
      <source>Open windows</source>
      <translation>खुली विंडो</translation>
    </message>
    <message>
      <source>Open your call and show everybody in gallery view. Then pick its window from a list, or draw a rectangle around the class. To try it out first, take the simulated class: nobody is watched.</source>
      <translation>अपनी कॉल खोलें और गैलरी व्यू में सबको दिखाएँ। फिर सूची से उसकी विंडो चुनें, या कक्षा के चारों ओर आयत बनाएँ। पहले आज़माना हो तो काल्पनिक कक्षा लें: उसमें किसी को देखा नहीं जाता।</translation>
    </message>
    <message>
      <source>Open your call first and show everybody in gallery view.</source>
      <translation>पहले अपनी कॉल खोलें और गैलरी व्यू में सबको दिखाएँ।</translation>
    </message>
    <message>
      <source>Other windows</source>
      <translation>दूसरी विंडो</translation>
    </message>
    <message>
      <source>Pakistan</source>
      <translation>पाकिस्तान</translation>
    </message>
    <message>
      <source>Palau</source>
      <translation>पलाऊ</translation>
    </message>
    <message>
      <source>Palestine</source>
      <translation>फ़िलिस्तीन</translation>
    </message>
    <message>
      <source>Panama</source>
      <translation>पनामा</translation>
    </message>
    <message>
      <source>Papua New Guinea</source>
      <translation>पापुआ न्यू गिनी</translation>
    </message>
    <message>
      <source>Paraguay</source>
      <translation>पराग्वे</translation>
    </message>
    <message>
      <source>Part of the screen</source>
      <translation>स्क्रीन का एक हिस्सा</translation>
    </message>
    <message>
      <source>Part of the screen, {place}</source>
      <translation>स्क्रीन का एक हिस्सा, {place}</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>रोकें</translation>
    </message>
    <message>
      <source>Pause or resume watching</source>
      <translation>देखना रोकें या फिर शुरू करें</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>रोका गया</translation>
    </message>
    <message>
      <source>Paused for {duration}</source>
      <translation>{duration} तक रोका गया</translation>
    </message>
    <message>
      <source>Paused to the end</source>
      <translation>अंत तक रोका गया</translation>
    </message>
    <message>
      <source>People do not agree either: ten who looked at each photograph chose FER2013's own label on 62 % of them (happy 93 %, neutral 87 %, surprise 76 %, angry 49 %, sad 38 %, disgust 31 %, fear 13 %). What is shown is what such people would say, not what somebody feels.</source>
      <translation>लोग भी एकमत नहीं होते: हर तस्वीर देखने वाले दस लोगों ने 62% तस्वीरों पर ही FER2013 का अपना नाम चुना (खुश 93%, तटस्थ 87%, हैरान 76%, नाराज़ 49%, दुखी 38%, घिन-भरा 31%, भयभीत 13%)। जो दिखाया जाता है वह यह है कि ऐसे लोग क्या कहते, न कि कोई क्या महसूस करता है।</translation>
    </message>
    <message>
      <source>Persistently negative</source>
      <translation>लगातार नकारात्मक</translation>
    </message>
    <message>
      <source>Peru</source>
      <translation>पेरू</translation>
    </message>
    <message>
      <source>Philippines</source>
      <translation>फ़िलिपींस</translation>
    </message>
    <message>
      <source>Pick your call from a list: it is followed when it moves</source>
      <translation>सूची से अपनी कॉल चुनें: वह खिसके तो भी उसी को देखा जाता है</translation>
    </message>
    <message>
      <source>Picture lost for {duration}</source>
      <translation>{duration} तक तस्वीर नहीं मिली</translation>
    </message>
    <message>
      <source>Picture lost to the end</source>
      <translation>अंत तक तस्वीर नहीं मिली</translation>
    </message>
    <message>
      <source>Pictures read</source>
      <translation>पढ़ी गई तस्वीरें</translation>
    </message>
    <message>
      <source>Pitcairn</source>
      <translation>पिटकैर्न</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>स्थान</translation>
    </message>
    <message>
      <source>Point at the chart to read it.</source>
      <translation>पढ़ने के लिए पॉइंटर चार्ट पर ले जाएँ।</translation>
    </message>
    <message>
      <source>Point at the chart to read it; drag to move, zoom with Ctrl and the wheel, click to mark a moment.</source>
      <translation>पॉइंटर चार्ट पर ले जाकर पढ़ें; खींचकर खिसकाएँ, Ctrl के साथ पहिया घुमाकर पास-दूर करें, क्लिक करके पल चिह्नित करें।</translation>
    </message>
    <message>
      <source>Point at the map to read it, click to see the student; the arrow keys do the same.</source>
      <translation>पढ़ने के लिए पॉइंटर नक्शे पर ले जाएँ, विद्यार्थी को देखने के लिए क्लिक करें; तीर कुंजियाँ भी यही करती हैं।</translation>
    </message>
    <message>
      <source>Poland</source>
      <translation>पोलैंड</translation>
    </message>
    <message>
      <source>Portugal</source>
      <translation>पुर्तगाल</translation>
    </message>
    <message>
      <source>Presence</source>
      <translation>मौजूदगी</translation>
    </message>
    <message>
      <source>Presence and cameras are what it tells best. In view means that a tile stood in the call window: a student on another page, or behind a shared screen, is there and not in view. So nobody is called absent.</source>
      <translation>मौजूदगी और कैमरे यह प्रोग्राम सबसे अच्छी तरह बताता है। स्क्रीन पर होने का अर्थ है कि कॉल की विंडो में वीडियो बॉक्स था: जो विद्यार्थी किसी दूसरे पन्ने पर या साझा की गई स्क्रीन के पीछे है, वह मौजूद है, पर स्क्रीन पर नहीं। इसलिए किसी को अनुपस्थित नहीं कहा जाता।</translation>
    </message>
    <message>
      <source>Presence over the last ten minutes</source>
      <translation>पिछले दस मिनट में मौजूदगी</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>निजता</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>समस्या</translation>
    </message>
    <message>
      <source>Published studies find that systems of this kind misread darker skin, side views and East Asian faces more often (Rhue 2018). Expect the same here until it is measured.</source>
      <translation>प्रकाशित अध्ययन बताते हैं कि इस तरह की प्रणालियाँ गहरे रंग की त्वचा, बगल से दिखते चेहरे और पूर्वी एशियाई चेहरे ज़्यादा बार गलत पढ़ती हैं (Rhue 2018)। जब तक मापा न जाए, यहाँ भी यही मानकर चलें।</translation>
    </message>
    <message>
      <source>Puerto Rico</source>
      <translation>प्यूर्टो रिको</translation>
    </message>
    <message>
      <source>Qatar</source>
      <translation>कतर</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>प्रोग्राम बंद करें</translation>
    </message>
    <message>
      <source>Read most over the whole lesson: {expressions}.</source>
      <translation>पूरी क्लास में सबसे अधिक पढ़े गए भाव: {expressions}।</translation>
    </message>
    <message>
      <source>Read this out, or paste it into the chat.</source>
      <translation>इसे पढ़कर सुनाएँ, या चैट में पेस्ट करें।</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>कारण</translation>
    </message>
    <message>
      <source>Recorded sessions by course, newest first</source>
      <translation>कोर्स के अनुसार दर्ज सत्र, सबसे नया पहले</translation>
    </message>
    <message>
      <source>Recording has stopped: {error}</source>
      <translation>दर्ज करना रुक गया है: {error}</translation>
    </message>
    <message>
      <source>Recording stopped</source>
      <translation>दर्ज करना रुक गया</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>टिप्पणी</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>नाम बदलें</translation>
    </message>
    <message>
      <source>Rename {who}</source>
      <translation>{who} का नाम बदलें</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>नाम बदलें…</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>बदलें</translation>
    </message>
    <message>
      <source>Replace roster…</source>
      <translation>नाम-सूची बदलें…</translation>
    </message>
    <message>
      <source>Replace the roster of {course}?</source>
      <translation>{course} की नाम-सूची बदलें?</translation>
    </message>
    <message>
      <source>Report (HTML)</source>
      <translation>रिपोर्ट (HTML)</translation>
    </message>
    <message>
      <source>Report (PDF)</source>
      <translation>रिपोर्ट (PDF)</translation>
    </message>
    <message>
      <source>Restart</source>
      <translation>फिर से शुरू करें</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>फिर शुरू करें</translation>
    </message>
    <message>
      <source>Resumed</source>
      <translation>फिर शुरू हुआ</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>समीक्षा</translation>
    </message>
    <message>
      <source>Review sessions…</source>
      <translation>सत्रों की समीक्षा…</translation>
    </message>
    <message>
      <source>Right when named</source>
      <translation>बताने पर सही</translation>
    </message>
    <message>
      <source>Romania</source>
      <translation>रोमानिया</translation>
    </message>
    <message>
      <source>Roster</source>
      <translation>नाम-सूची</translation>
    </message>
    <message>
      <source>Roster of the course</source>
      <translation>कोर्स की नाम-सूची</translation>
    </message>
    <message>
      <source>Roster of {course}</source>
      <translation>{course} की नाम-सूची</translation>
    </message>
    <message numerus="yes">
      <source>Roster of {course}: %n name(s).</source>
      <translation>
        <numerusform>{course} की नाम-सूची: %n नाम।</numerusform>
        <numerusform>{course} की नाम-सूची: %n नाम।</numerusform>
      </translation>
    </message>
    <message>
      <source>Runs beside a video call, sees who is there, and shows how the class seems to feel, so that you notice when you are losing it.

Everything stays on this computer: no picture is ever stored and no connection to a network is ever opened. What it shows are estimates, which are often wrong for a single face. They help to teach, and are never for grades.</source>
      <translation>वीडियो कॉल के साथ-साथ चलता है, देखता है कि कौन मौजूद है, और दिखाता है कि कक्षा को कैसा लगता जान पड़ता है, ताकि आपको पता चले कि कब आपकी बात कक्षा तक नहीं पहुँच रही है।

सब कुछ इसी कंप्यूटर पर रहता है: कोई तस्वीर कभी सहेजी नहीं जाती और नेटवर्क से कभी कोई कनेक्शन नहीं खोला जाता। यह जो दिखाता है वे अनुमान हैं, जो किसी एक चेहरे के लिए अक्सर गलत होते हैं। वे पढ़ाने में मदद करते हैं, और अंक या ग्रेड देने के लिए कभी नहीं हैं।</translation>
    </message>
    <message>
      <source>Russia</source>
      <translation>रूस</translation>
    </message>
    <message>
      <source>Rwanda</source>
      <translation>रवांडा</translation>
    </message>
    <message>
      <source>Réunion</source>
      <translation>रियूनियन</translation>
    </message>
    <message>
      <source>Same part of the screen as last time</source>
      <translation>स्क्रीन का पिछली बार वाला हिस्सा</translation>
    </message>
    <message>
      <source>Same student as…</source>
      <translation>वही विद्यार्थी जो…</translation>
    </message>
    <message>
      <source>Samoa (American)</source>
      <translation>समोआ (अमेरिकी)</translation>
    </message>
    <message>
      <source>Samoa (western)</source>
      <translation>समोआ (पश्चिमी)</translation>
    </message>
    <message>
      <source>San Marino</source>
      <translation>सैन मेरीनो</translation>
    </message>
    <message>
      <source>Sao Tome &amp; Principe</source>
      <translation>साओ टोम और प्रिंसिपे</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>सऊदी अरब</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>सहेजें</translation>
    </message>
    <message>
      <source>Save: {what}</source>
      <translation>सहेजें: {what}</translation>
    </message>
    <message>
      <source>Saved as {path}</source>
      <translation>यहाँ सहेजा गया: {path}</translation>
    </message>
    <message numerus="yes">
      <source>Saved: {duration} with %n student(s).</source>
      <translation>
        <numerusform>सहेजा गया: {duration}, %n विद्यार्थी।</numerusform>
        <numerusform>सहेजा गया: {duration}, %n विद्यार्थी।</numerusform>
      </translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>सहेजा जा रहा है…</translation>
    </message>
    <message>
      <source>Say where the class is: until then expressions are off.</source>
      <translation>बताएँ कि कक्षा कहाँ है: तब तक भाव पढ़ना बंद है।</translation>
    </message>
    <message>
      <source>Screen region {width} x {height} at {left}, {top}</source>
      <translation>स्क्रीन का हिस्सा {width} x {height}, स्थान {left}, {top}</translation>
    </message>
    <message>
      <source>Search by title or program</source>
      <translation>शीर्षक या प्रोग्राम से खोजें</translation>
    </message>
    <message>
      <source>Search course, day, note, student</source>
      <translation>कोर्स, दिन, नोट, विद्यार्थी खोजें</translation>
    </message>
    <message>
      <source>Search the sessions</source>
      <translation>सत्रों में खोजें</translation>
    </message>
    <message>
      <source>Second by second, for a spreadsheet.</source>
      <translation>हर सेकंड का ब्योरा, स्प्रेडशीट के लिए।</translation>
    </message>
    <message>
      <source>Second camera</source>
      <translation>दूसरा कैमरा</translation>
    </message>
    <message>
      <source>Seen in about {seen} of the last {known} min</source>
      <translation>पिछले {known} मिनट में से लगभग {seen} में दिखे</translation>
    </message>
    <message>
      <source>Select a student to see them through the session.</source>
      <translation>किसी विद्यार्थी को पूरे सत्र में देखने के लिए उन्हें चुनें।</translation>
    </message>
    <message>
      <source>Senegal</source>
      <translation>सेनेगल</translation>
    </message>
    <message>
      <source>Serbia</source>
      <translation>सर्बिया</translation>
    </message>
    <message>
      <source>Session {number}, watched: {source}.</source>
      <translation>सत्र {number}, देखा गया: {source}।</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>सत्र</translation>
    </message>
    <message>
      <source>Sessions of which course</source>
      <translation>किस कोर्स के सत्र</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>सेटिंग</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>सेटिंग…</translation>
    </message>
    <message>
      <source>Seychelles</source>
      <translation>सेशेल्स</translation>
    </message>
    <message>
      <source>Show and store names</source>
      <translation>नाम दिखाएँ और सहेजें</translation>
    </message>
    <message>
      <source>Show the window</source>
      <translation>विंडो दिखाएँ</translation>
    </message>
    <message>
      <source>Show what is watched</source>
      <translation>जो देखा जा रहा है उसे दिखाएँ</translation>
    </message>
    <message>
      <source>Sierra Leone</source>
      <translation>सिएरा लियोन</translation>
    </message>
    <message>
      <source>Simulated class</source>
      <translation>काल्पनिक कक्षा</translation>
    </message>
    <message>
      <source>Singapore</source>
      <translation>सिंगापुर</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>छोड़ें</translation>
    </message>
    <message>
      <source>Slovakia</source>
      <translation>स्लोवाकिया</translation>
    </message>
    <message>
      <source>Slovenia</source>
      <translation>स्लोवेनिया</translation>
    </message>
    <message>
      <source>Small</source>
      <translation>छोटे</translation>
    </message>
    <message>
      <source>Solomon Islands</source>
      <translation>सोलोमन द्वीपसमूह</translation>
    </message>
    <message>
      <source>Somalia</source>
      <translation>सोमालिया</translation>
    </message>
    <message>
      <source>Something unexpected went wrong ({error}).</source>
      <translation>कोई अनपेक्षित गड़बड़ी हुई ({error})।</translation>
    </message>
    <message>
      <source>Something unexpected went wrong ({error}). What was recorded is safe.</source>
      <translation>कोई अनपेक्षित गड़बड़ी हुई ({error})। जो दर्ज हो चुका है वह सुरक्षित है।</translation>
    </message>
    <message>
      <source>Something went wrong while {doing} ({error}). Start again.</source>
      <translation>{doing} समय कुछ गड़बड़ी हुई ({error})। फिर से शुरू करें।</translation>
    </message>
    <message>
      <source>South Africa</source>
      <translation>दक्षिण अफ़्रीका</translation>
    </message>
    <message>
      <source>South Georgia &amp; the South Sandwich Islands</source>
      <translation>दक्षिण जॉर्जिया और दक्षिण सैंडविच द्वीपसमूह</translation>
    </message>
    <message>
      <source>South Sudan</source>
      <translation>दक्षिण सूडान</translation>
    </message>
    <message>
      <source>Spain</source>
      <translation>स्पेन</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>अलग करें</translation>
    </message>
    <message>
      <source>Sri Lanka</source>
      <translation>श्रीलंका</translation>
    </message>
    <message>
      <source>St Barthelemy</source>
      <translation>सेंट बार्थेलेमी</translation>
    </message>
    <message>
      <source>St Helena</source>
      <translation>सेंट हेलेना</translation>
    </message>
    <message>
      <source>St Kitts &amp; Nevis</source>
      <translation>सेंट किट्स और नेविस</translation>
    </message>
    <message>
      <source>St Lucia</source>
      <translation>सेंट लूसिया</translation>
    </message>
    <message>
      <source>St Maarten (Dutch)</source>
      <translation>सिंट मार्टिन (डच)</translation>
    </message>
    <message>
      <source>St Martin (French)</source>
      <translation>सेंट मार्टिन (फ़्रांसीसी)</translation>
    </message>
    <message>
      <source>St Pierre &amp; Miquelon</source>
      <translation>सेंट पिएरे और मिक्वेलान</translation>
    </message>
    <message>
      <source>St Vincent</source>
      <translation>सेंट विंसेंट</translation>
    </message>
    <message>
      <source>Stands beside new sessions, so that you find them again.</source>
      <translation>नए सत्रों के साथ लिखा रहता है, ताकि वे आपको फिर मिल सकें।</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>शुरू करें</translation>
    </message>
    <message>
      <source>State</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>Stays visible beside the call.</source>
      <translation>कॉल के साथ-साथ दिखती रहती है।</translation>
    </message>
    <message>
      <source>Step {number} of {all}</source>
      <translation>{all} में से कदम {number}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>समाप्त करें</translation>
    </message>
    <message>
      <source>Stop and save the session</source>
      <translation>समाप्त करें और सत्र सहेजें</translation>
    </message>
    <message>
      <source>Stopped by a problem</source>
      <translation>समस्या के कारण रुका</translation>
    </message>
    <message>
      <source>Student</source>
      <translation>विद्यार्थी</translation>
    </message>
    <message>
      <source>Student {number}</source>
      <translation>विद्यार्थी {number}</translation>
    </message>
    <message>
      <source>Students</source>
      <translation>विद्यार्थी</translation>
    </message>
    <message>
      <source>Students are listed here as soon as their tiles are found.</source>
      <translation>वीडियो बॉक्स मिलते ही विद्यार्थी यहाँ दिखेंगे।</translation>
    </message>
    <message>
      <source>Students of the session</source>
      <translation>सत्र के विद्यार्थी</translation>
    </message>
    <message>
      <source>Students or attendance</source>
      <translation>विद्यार्थी या हाज़िरी</translation>
    </message>
    <message numerus="yes">
      <source>Students · %n may need attention</source>
      <translation>
        <numerusform>विद्यार्थी · शायद %n पर ध्यान देना है</numerusform>
        <numerusform>विद्यार्थी · शायद %n पर ध्यान देना है</numerusform>
      </translation>
    </message>
    <message>
      <source>Students, as last seen at {time}</source>
      <translation>विद्यार्थी, जैसे {time} पर आख़िरी बार दिखे</translation>
    </message>
    <message>
      <source>Students, those who may need attention first</source>
      <translation>विद्यार्थी, जिन पर शायद ध्यान देना है वे पहले</translation>
    </message>
    <message>
      <source>Sudan</source>
      <translation>सूडान</translation>
    </message>
    <message>
      <source>Suriname</source>
      <translation>सूरीनाम</translation>
    </message>
    <message>
      <source>Svalbard &amp; Jan Mayen</source>
      <translation>स्वालबार्ड और जान मायेन</translation>
    </message>
    <message>
      <source>Sweden</source>
      <translation>स्वीडन</translation>
    </message>
    <message>
      <source>Switzerland</source>
      <translation>स्विट्ज़रलैंड</translation>
    </message>
    <message>
      <source>Syria</source>
      <translation>सीरिया</translation>
    </message>
    <message>
      <source>Table (CSV)</source>
      <translation>तालिका (CSV)</translation>
    </message>
    <message>
      <source>Tables (*.csv *.tsv *.txt)</source>
      <translation>तालिकाएँ (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
      <source>Taiwan</source>
      <translation>ताइवान</translation>
    </message>
    <message>
      <source>Tajikistan</source>
      <translation>ताजिकिस्तान</translation>
    </message>
    <message>
      <source>Take in again</source>
      <translation>फिर से शामिल करें</translation>
    </message>
    <message>
      <source>Takes effect when the program starts the next time.</source>
      <translation>प्रोग्राम अगली बार शुरू होने पर लागू होगा।</translation>
    </message>
    <message>
      <source>Tanzania</source>
      <translation>तंज़ानिया</translation>
    </message>
    <message>
      <source>Tell the class</source>
      <translation>कक्षा को बताएँ</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>अक्षरों का आकार</translation>
    </message>
    <message>
      <source>Thailand</source>
      <translation>थाईलैंड</translation>
    </message>
    <message>
      <source>That is on no screen. The screens are at: {screens}</source>
      <translation>यह किसी स्क्रीन पर नहीं है। स्क्रीनें यहाँ हैं: {screens}</translation>
    </message>
    <message>
      <source>That is too small to hold a class: draw a larger rectangle.   Esc: cancel</source>
      <translation>यह पूरी कक्षा के लिए बहुत छोटा है: बड़ा आयत बनाएँ।   Esc: रद्द करें</translation>
    </message>
    <message numerus="yes">
      <source>The %n name(s) stored for this course now will be removed.</source>
      <translation>
        <numerusform>इस कोर्स के लिए अभी सहेजा हुआ %n नाम हटा दिया जाएगा।</numerusform>
        <numerusform>इस कोर्स के लिए अभी सहेजे हुए %n नाम हटा दिए जाएँगे।</numerusform>
      </translation>
    </message>
    <message>
      <source>The attendance is of individual students.</source>
      <translation>हाज़िरी अलग-अलग विद्यार्थियों की होती है।</translation>
    </message>
    <message>
      <source>The bookmark is kept.</source>
      <translation>बुकमार्क सहेजा गया।</translation>
    </message>
    <message>
      <source>The bookmark was deleted.</source>
      <translation>बुकमार्क हटाया गया।</translation>
    </message>
    <message>
      <source>The camera is off for {duration}.</source>
      <translation>कैमरा {duration} तक बंद रहे।</translation>
    </message>
    <message>
      <source>The class</source>
      <translation>पूरी कक्षा</translation>
    </message>
    <message>
      <source>The class as a whole</source>
      <translation>पूरी कक्षा</translation>
    </message>
    <message>
      <source>The class as a whole: no single student is told of, and only seconds count in which {least} faces or more were seen.</source>
      <translation>पूरी कक्षा एक साथ: किसी एक विद्यार्थी के बारे में कुछ नहीं बताया गया, और केवल वे सेकंड गिने गए जिनमें {least} या अधिक चेहरे दिखे।</translation>
    </message>
    <message>
      <source>The class in one sentence</source>
      <translation>एक वाक्य में कक्षा</translation>
    </message>
    <message>
      <source>The eyes are shut in most looks over {duration}, much further than this student's usually are. Whoever looks down, or whose face is small in the window, is not judged.</source>
      <translation>{duration} में ज़्यादातर बार देखने पर आँखें बंद हों, इस विद्यार्थी की आँखें आम तौर पर जितनी बंद रहती हैं उससे बहुत ज़्यादा। जो नीचे देख रहे हों, या जिनका चेहरा विंडो में छोटा हो, उन्हें नहीं परखा जाता।</translation>
    </message>
    <message>
      <source>The face looks clearly more negative than this student's usually does, for {duration}. Fear or sadness alone never raise it: both are misread too often.</source>
      <translation>चेहरा {duration} तक इस विद्यार्थी के आम चेहरे से स्पष्ट रूप से ज़्यादा नकारात्मक दिखे। केवल डर या उदासी से यह संकेत कभी नहीं उठता: दोनों बहुत बार गलत पढ़े जाते हैं।</translation>
    </message>
    <message>
      <source>The figures of the model that read this lesson ({model}) are not in this version of the program; single readings of such models are right in about two of three cases.</source>
      <translation>जिस मॉडल ने इस क्लास में भाव पढ़े ({model}), उसके आँकड़े प्रोग्राम के इस संस्करण में नहीं हैं; ऐसे मॉडल किसी एक पल में किसी एक चेहरे को लगभग तीन में से दो बार सही पढ़ते हैं।</translation>
    </message>
    <message>
      <source>The file leaves the care of this program: it is as private as the place where you keep it.</source>
      <translation>यह फ़ाइल इस प्रोग्राम की निगरानी से बाहर चली जाती है: वह उतनी ही गोपनीय है जितनी वह जगह जहाँ आप उसे रखते हैं।</translation>
    </message>
    <message>
      <source>The first moment of somebody else</source>
      <translation>वह पहला पल जब कोई और दिखा</translation>
    </message>
    <message>
      <source>The first reading takes some seconds.</source>
      <translation>पहली बार पढ़ने में कुछ सेकंड लगते हैं।</translation>
    </message>
    <message>
      <source>The guide should be at {path}, and is not: this program was installed without it. It comes with the program's own folder.</source>
      <translation>मार्गदर्शिका यहाँ होनी चाहिए थी, पर नहीं है: {path}। यह प्रोग्राम उसके बिना इंस्टॉल किया गया है। वह प्रोग्राम के अपने फ़ोल्डर के साथ आती है।</translation>
    </message>
    <message>
      <source>The index of the class was {shares} of the time. It is an index, not a truth.</source>
      <translation>कक्षा का सूचकांक {shares} रहा। यह एक सूचकांक है, पक्का सच नहीं।</translation>
    </message>
    <message>
      <source>The last minutes</source>
      <translation>पिछले कुछ मिनट</translation>
    </message>
    <message>
      <source>The last session was cut short after {duration}. What was recorded until then is kept.</source>
      <translation>पिछला सत्र {duration} के बाद बीच में रुक गया। तब तक जो दर्ज हुआ, वह रखा हुआ है।</translation>
    </message>
    <message>
      <source>The law differs from place to place, and the program keeps to it.</source>
      <translation>कानून हर जगह अलग है, और यह प्रोग्राम उसका पालन करता है।</translation>
    </message>
    <message>
      <source>The law differs from place to place. This is asked once, and you can change it in the settings.</source>
      <translation>कानून हर जगह अलग है। यह एक ही बार पूछा जाता है, और आप इसे सेटिंग में बदल सकते हैं।</translation>
    </message>
    <message>
      <source>The mood fell from {before} to {after}</source>
      <translation>मूड गिरा: पहले {before}, फिर {after}</translation>
    </message>
    <message>
      <source>The mood fell, and stayed {mood}</source>
      <translation>मूड गिरा, पर {mood} ही रहा</translation>
    </message>
    <message>
      <source>The mood is shown when {number} or more faces are seen.</source>
      <translation>मूड तब दिखता है जब {number} या अधिक चेहरे दिखें।</translation>
    </message>
    <message>
      <source>The mood is {mood} now</source>
      <translation>अभी मूड {mood} है</translation>
    </message>
    <message>
      <source>The mood of the class (from -1 to 1) falls by {drop} or more against its last minutes, for most of the students and five at least, and is low then.</source>
      <translation>कक्षा का मूड (-1 से 1 तक) अपने पिछले कुछ मिनटों की तुलना में {drop} या उससे ज़्यादा गिरे, ज़्यादातर विद्यार्थियों का और कम से कम पाँच का, और तब मूड नीचा हो।</translation>
    </message>
    <message>
      <source>The mood of the class dropped.</source>
      <translation>कक्षा का मूड गिर गया।</translation>
    </message>
    <message>
      <source>The mood of two lessons, minute by minute</source>
      <translation>दो क्लासों का मूड, मिनट-दर-मिनट</translation>
    </message>
    <message>
      <source>The mood was {mood} on average. It dropped most at {time} in the lesson, and still was {after} then; numbers mark the largest drops.</source>
      <translation>मूड औसतन {mood} रहा। सबसे ज़्यादा वह क्लास में {time} पर गिरा, और तब भी {after} था; संख्याएँ सबसे बड़ी गिरावटें दिखाती हैं।</translation>
    </message>
    <message>
      <source>The mood was {mood} on average. It dropped most at {time} in the lesson, from {before} to {after}; numbers mark the largest drops.</source>
      <translation>मूड औसतन {mood} रहा। सबसे ज़्यादा वह क्लास में {time} पर गिरा: पहले {before}, फिर {after}; संख्याएँ सबसे बड़ी गिरावटें दिखाती हैं।</translation>
    </message>
    <message>
      <source>The mood was {mood} on average; it never dropped much within two minutes.</source>
      <translation>मूड औसतन {mood} रहा; दो मिनट के भीतर वह कभी ज़्यादा नहीं गिरा।</translation>
    </message>
    <message>
      <source>The most frequent expression, where it is clear</source>
      <translation>सबसे अधिक दिखा भाव, जहाँ वह स्पष्ट है</translation>
    </message>
    <message>
      <source>The name is shown and stored with this session, also where names are off in the settings.</source>
      <translation>नाम इस सत्र के साथ दिखाया और सहेजा जाता है, भले ही सेटिंग में नाम बंद हों।</translation>
    </message>
    <message>
      <source>The name {name} was removed.</source>
      <translation>{name} नाम हटा दिया गया।</translation>
    </message>
    <message>
      <source>The names of the course's students are removed for good. The sessions stay as they are.</source>
      <translation>कोर्स के विद्यार्थियों के नाम हमेशा के लिए हटा दिए जाएँगे। सत्र जैसे हैं वैसे ही रहेंगे।</translation>
    </message>
    <message>
      <source>The note is kept.</source>
      <translation>नोट सहेजा गया।</translation>
    </message>
    <message>
      <source>The note was deleted.</source>
      <translation>नोट हटाया गया।</translation>
    </message>
    <message>
      <source>The numbers are of the class as a whole: nobody appears in them singly.</source>
      <translation>संख्याएँ पूरी कक्षा की होती हैं: उनमें कोई अलग से नहीं दिखता।</translation>
    </message>
    <message>
      <source>The other</source>
      <translation>दूसरी क्लास</translation>
    </message>
    <message>
      <source>The people in this recording know and agree</source>
      <translation>इस रिकॉर्डिंग के लोग यह जानते हैं और सहमत हैं</translation>
    </message>
    <message>
      <source>The picture is back</source>
      <translation>तस्वीर फिर मिलने लगी</translation>
    </message>
    <message>
      <source>The picture was lost</source>
      <translation>तस्वीर मिलनी बंद हो गई</translation>
    </message>
    <message>
      <source>The place has changed, and expressions can be read now: begin again, so that the class is told first.</source>
      <translation>स्थान बदल गया है, और अब भाव पढ़े जा सकते हैं: फिर से शुरू करें, ताकि पहले कक्षा को बताया जाए।</translation>
    </message>
    <message>
      <source>The place on the screen</source>
      <translation>स्क्रीन पर जगह</translation>
    </message>
    <message>
      <source>The recording was cut short, not ended by the teacher: what came after is missing.</source>
      <translation>दर्ज करना बीच में रुक गया, शिक्षक ने नहीं रोका: उसके बाद का समय इसमें नहीं है।</translation>
    </message>
    <message>
      <source>The roster of {course} was deleted.</source>
      <translation>{course} की नाम-सूची हटा दी गई।</translation>
    </message>
    <message>
      <source>The same flag again after</source>
      <translation>वही संकेत फिर इतनी देर बाद</translation>
    </message>
    <message>
      <source>The same in figures: means of {duration} each</source>
      <translation>वही बात आँकड़ों में: हर {duration} का औसत</translation>
    </message>
    <message>
      <source>The same in one file for a browser; best with a screen reader.</source>
      <translation>वही सब ब्राउज़र के लिए एक फ़ाइल में; स्क्रीन रीडर के साथ सबसे अच्छा।</translation>
    </message>
    <message>
      <source>The same student as {who}</source>
      <translation>वही विद्यार्थी जो {who}</translation>
    </message>
    <message>
      <source>The same table as CSV, small and quick to analyse.</source>
      <translation>वही तालिका जो CSV में है, छोटी और विश्लेषण में तेज़।</translation>
    </message>
    <message>
      <source>The selected student</source>
      <translation>चुना हुआ विद्यार्थी</translation>
    </message>
    <message>
      <source>The simulated class was closed or moved, or could not be seen, so watching it ended: only its own place on the screen may be watched without telling anybody.</source>
      <translation>काल्पनिक कक्षा की विंडो बंद हुई, खिसकी, या दिखाई नहीं दी, इसलिए उसे देखना समाप्त हो गया: किसी को बताए बिना स्क्रीन पर केवल उसी की अपनी जगह देखी जा सकती है।</translation>
    </message>
    <message>
      <source>The student through the session</source>
      <translation>पूरे सत्र में विद्यार्थी</translation>
    </message>
    <message>
      <source>The student's lessons of this course</source>
      <translation>इस कोर्स की विद्यार्थी की क्लासें</translation>
    </message>
    <message>
      <source>The student's lessons, the newest first</source>
      <translation>विद्यार्थी की क्लासें, सबसे नई पहले</translation>
    </message>
    <message>
      <source>The text has changed: tell it again.</source>
      <translation>पाठ बदल गया है: इसे फिर से बताएँ।</translation>
    </message>
    <message>
      <source>The watched window has another title now: does it still show the call?</source>
      <translation>देखी जा रही विंडो का शीर्षक बदल गया है: क्या उसमें अब भी कॉल दिख रही है?</translation>
    </message>
    <message>
      <source>The whole class</source>
      <translation>पूरी कक्षा</translation>
    </message>
    <message>
      <source>The window</source>
      <translation>विंडो</translation>
    </message>
    <message>
      <source>The words were changed.</source>
      <translation>शब्द बदल दिए गए।</translation>
    </message>
    <message>
      <source>Their lessons of this course</source>
      <translation>इस कोर्स की उनकी क्लासें</translation>
    </message>
    <message>
      <source>There is no earlier lesson of this course with this name to compare with.</source>
      <translation>तुलना के लिए इस कोर्स की कोई पिछली क्लास नहीं है जिसमें यह नाम हो।</translation>
    </message>
    <message>
      <source>These lessons are too short to compare minute by minute: a line needs two minutes. Choose a longer one above; what they were on the whole stands below.</source>
      <translation>ये क्लासें मिनट-दर-मिनट तुलना के लिए बहुत छोटी हैं: एक रेखा के लिए दो मिनट चाहिए। ऊपर कोई लंबी क्लास चुनें; कुल मिलाकर वे कैसी रहीं, यह नीचे है।</translation>
    </message>
    <message>
      <source>They should know the following.</source>
      <translation>उन्हें यह पता होना चाहिए।</translation>
    </message>
    <message>
      <source>They were never seen at the same time.</source>
      <translation>वे कभी एक ही समय पर नहीं दिखे।</translation>
    </message>
    <message>
      <source>They were seen at the same time for {duration}: two tiles at once are mostly two students. That time would count once, and could not be parted again.</source>
      <translation>वे {duration} तक एक ही समय पर दिखे: एक साथ दो वीडियो बॉक्स आम तौर पर दो विद्यार्थियों के होते हैं। वह समय एक ही बार गिना जाएगा, और फिर अलग नहीं किया जा सकेगा।</translation>
    </message>
    <message>
      <source>Third camera</source>
      <translation>तीसरा कैमरा</translation>
    </message>
    <message>
      <source>This desktop runs on Wayland, where a program cannot see other windows. Log in with an X11 session, or watch a recording or a camera.</source>
      <translation>यह डेस्कटॉप Wayland पर चलता है, जहाँ कोई प्रोग्राम दूसरी विंडो नहीं देख सकता। X11 सत्र से लॉग इन करें, या रिकॉर्डिंग अथवा कैमरा देखें।</translation>
    </message>
    <message>
      <source>This is the only finished lesson of {course}.</source>
      <translation>यह {course} की अकेली पूरी हुई क्लास है।</translation>
    </message>
    <message>
      <source>This is the same student as…</source>
      <translation>यह वही विद्यार्थी है जो…</translation>
    </message>
    <message>
      <source>This is what would be watched now.</source>
      <translation>अभी यही देखा जाएगा।</translation>
    </message>
    <message>
      <source>This lesson</source>
      <translation>यह क्लास</translation>
    </message>
    <message>
      <source>This session has no course, so there are no other lessons to compare it with.</source>
      <translation>इस सत्र का कोई कोर्स नहीं है, इसलिए तुलना के लिए दूसरी क्लासें नहीं हैं।</translation>
    </message>
    <message>
      <source>This session is still being recorded: the report tells it up to {time}.</source>
      <translation>यह सत्र अभी दर्ज हो रहा है: रिपोर्ट {time} तक का हाल बताती है।</translation>
    </message>
    <message>
      <source>This session keeps to the class as a whole: no single students are listed or stored.</source>
      <translation>यह सत्र केवल पूरी कक्षा का है: अलग-अलग विद्यार्थी न सूची में आते हैं, न सहेजे जाते हैं।</translation>
    </message>
    <message>
      <source>This session keeps to the class as a whole: no students were stored.</source>
      <translation>यह सत्र केवल पूरी कक्षा का है: कोई विद्यार्थी अलग से नहीं सहेजा गया।</translation>
    </message>
    <message>
      <source>This session keeps to the class as a whole: there is nobody in it to leave out.</source>
      <translation>यह सत्र केवल पूरी कक्षा का है: इसमें छोड़ने के लिए कोई अलग विद्यार्थी है ही नहीं।</translation>
    </message>
    <message>
      <source>This student's lessons of the course</source>
      <translation>कोर्स की इस विद्यार्थी की क्लासें</translation>
    </message>
    <message>
      <source>This window is minimised. Bring it back, so that the class can be seen.</source>
      <translation>यह विंडो छोटी करके छिपाई गई है। उसे वापस लाएँ, ताकि कक्षा दिख सके।</translation>
    </message>
    <message>
      <source>Through the lesson</source>
      <translation>पूरी क्लास में</translation>
    </message>
    <message>
      <source>Through the session</source>
      <translation>पूरे सत्र में</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>समय</translation>
    </message>
    <message>
      <source>Time in the session</source>
      <translation>सत्र में समय</translation>
    </message>
    <message>
      <source>Time in view, and its share of the time watched, without that in which they were left out. A student on another page is not in view</source>
      <translation>स्क्रीन पर रहने का समय, और वह देखे गए समय का कितना हिस्सा है; जितने समय विद्यार्थी को शामिल नहीं किया गया, वह समय इसमें नहीं गिना जाता। जो विद्यार्थी किसी दूसरे पन्ने पर है, वह स्क्रीन पर नहीं है</translation>
    </message>
    <message>
      <source>Time since the session began</source>
      <translation>सत्र शुरू होने से अब तक का समय</translation>
    </message>
    <message>
      <source>Time with the camera on; the bar is its share of the time in view</source>
      <translation>कैमरा चालू रहने का समय; पट्टी बताती है कि वह स्क्रीन पर रहने के समय का कितना हिस्सा है</translation>
    </message>
    <message>
      <source>Togo</source>
      <translation>टोगो</translation>
    </message>
    <message>
      <source>Tokelau</source>
      <translation>तोकेलाउ</translation>
    </message>
    <message>
      <source>Tonga</source>
      <translation>टोंगा</translation>
    </message>
    <message>
      <source>Trinidad &amp; Tobago</source>
      <translation>त्रिनिदाद और टोबैगो</translation>
    </message>
    <message>
      <source>Try it out: drawn students, nobody is watched</source>
      <translation>आज़माकर देखें: चित्र में बने विद्यार्थी, किसी को देखा नहीं जाता</translation>
    </message>
    <message>
      <source>Tunisia</source>
      <translation>ट्यूनीशिया</translation>
    </message>
    <message>
      <source>Turkey</source>
      <translation>तुर्की</translation>
    </message>
    <message>
      <source>Turkmenistan</source>
      <translation>तुर्कमेनिस्तान</translation>
    </message>
    <message>
      <source>Turks &amp; Caicos Is</source>
      <translation>तुर्क और कैकोज़ द्वीपसमूह</translation>
    </message>
    <message>
      <source>Tuvalu</source>
      <translation>तुवालू</translation>
    </message>
    <message>
      <source>Two students bear this name, so nobody can tell whose the other lessons are.</source>
      <translation>यह नाम दो विद्यार्थियों का है, इसलिए कोई नहीं बता सकता कि दूसरी क्लासें किसकी हैं।</translation>
    </message>
    <message>
      <source>Type the name of a country</source>
      <translation>किसी देश का नाम लिखें</translation>
    </message>
    <message>
      <source>Type the place on the screen</source>
      <translation>स्क्रीन पर जगह लिखें</translation>
    </message>
    <message>
      <source>US minor outlying islands</source>
      <translation>अमेरिका के छोटे बाहरी द्वीप</translation>
    </message>
    <message>
      <source>Uganda</source>
      <translation>युगांडा</translation>
    </message>
    <message>
      <source>Ukraine</source>
      <translation>यूक्रेन</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>वापस लाएँ</translation>
    </message>
    <message>
      <source>Undo what was done just now</source>
      <translation>अभी जो किया उसे वापस लें</translation>
    </message>
    <message>
      <source>Unexpected problem</source>
      <translation>अनपेक्षित समस्या</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>संयुक्त अरब अमीरात</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>संयुक्त राज्य अमेरिका</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>कब तक</translation>
    </message>
    <message>
      <source>Uruguay</source>
      <translation>उरूग्वे</translation>
    </message>
    <message>
      <source>User guide</source>
      <translation>उपयोगकर्ता मार्गदर्शिका</translation>
    </message>
    <message>
      <source>Uzbekistan</source>
      <translation>उज़्बेकिस्तान</translation>
    </message>
    <message>
      <source>Vanuatu</source>
      <translation>वनुआतू</translation>
    </message>
    <message>
      <source>Vatican City</source>
      <translation>वेटिकन सिटी</translation>
    </message>
    <message>
      <source>Venezuela</source>
      <translation>वेनेज़ुएला</translation>
    </message>
    <message>
      <source>Videos ({kinds});;All files (*)</source>
      <translation>वीडियो ({kinds});;सभी फ़ाइलें (*)</translation>
    </message>
    <message>
      <source>Vietnam</source>
      <translation>वियतनाम</translation>
    </message>
    <message>
      <source>Virgin Islands (UK)</source>
      <translation>वर्जिन द्वीपसमूह (ब्रिटेन)</translation>
    </message>
    <message>
      <source>Virgin Islands (US)</source>
      <translation>वर्जिन द्वीपसमूह (अमेरिका)</translation>
    </message>
    <message>
      <source>Waiting for the first faces</source>
      <translation>पहले चेहरों का इंतज़ार है</translation>
    </message>
    <message>
      <source>Waiting for the picture</source>
      <translation>तस्वीर की प्रतीक्षा है</translation>
    </message>
    <message>
      <source>Wallis &amp; Futuna</source>
      <translation>वालिस और फ़्यूचूना</translation>
    </message>
    <message>
      <source>Watch again</source>
      <translation>फिर से देखें</translation>
    </message>
    <message>
      <source>Watch this</source>
      <translation>यही देखें</translation>
    </message>
    <message>
      <source>Watch this window</source>
      <translation>यही विंडो देखें</translation>
    </message>
    <message>
      <source>Watching</source>
      <translation>देख रहा है</translation>
    </message>
    <message>
      <source>Western Sahara</source>
      <translation>पश्चिमी सहारा</translation>
    </message>
    <message>
      <source>What</source>
      <translation>क्या हुआ</translation>
    </message>
    <message>
      <source>What concerns a session applies from the next one on.</source>
      <translation>जो बातें सत्र से जुड़ी हैं, वे अगले सत्र से लागू होंगी।</translation>
    </message>
    <message>
      <source>What follows</source>
      <translation>इसका परिणाम</translation>
    </message>
    <message>
      <source>What is watched</source>
      <translation>क्या देखा जा रहा है</translation>
    </message>
    <message>
      <source>What is watched, with a box around every face</source>
      <translation>जो देखा जा रहा है, हर चेहरे के चारों ओर चौखटे के साथ</translation>
    </message>
    <message>
      <source>What it gets wrong</source>
      <translation>यह कहाँ गलती करता है</translation>
    </message>
    <message>
      <source>What the map shows</source>
      <translation>नक्शा क्या दिखाता है</translation>
    </message>
    <message>
      <source>What the window shows now</source>
      <translation>विंडो में अभी क्या दिख रहा है</translation>
    </message>
    <message>
      <source>What these figures can and cannot tell</source>
      <translation>ये आँकड़े क्या बता सकते हैं और क्या नहीं</translation>
    </message>
    <message>
      <source>What to tell the class</source>
      <translation>कक्षा को क्या बताना है</translation>
    </message>
    <message>
      <source>What was it?</source>
      <translation>क्या हुआ था?</translation>
    </message>
    <message>
      <source>What was seen of {who} from {time} on belongs to {other} now.</source>
      <translation>{time} से आगे {who} का जो कुछ दिखा, वह अब {other} का है।</translation>
    </message>
    <message>
      <source>What was stored of {who} from this moment on goes to a new student. Joining the two undoes it.</source>
      <translation>इस पल से आगे {who} का जो कुछ सहेजा गया, वह एक नए विद्यार्थी का हो जाएगा। दोनों को मिलाने से यह वापस हो जाता है।</translation>
    </message>
    <message>
      <source>What you want to remember</source>
      <translation>जो आप याद रखना चाहें</translation>
    </message>
    <message>
      <source>When the class fills a screen of its own</source>
      <translation>जब कक्षा एक पूरी स्क्रीन पर हो</translation>
    </message>
    <message>
      <source>Where is your class?</source>
      <translation>आपकी कक्षा कहाँ है?</translation>
    </message>
    <message>
      <source>Where the class is</source>
      <translation>कक्षा कहाँ है</translation>
    </message>
    <message>
      <source>Whether the name stands on the course's roster</source>
      <translation>नाम कोर्स की नाम-सूची में है या नहीं</translation>
    </message>
    <message>
      <source>Which moments are listed</source>
      <translation>कौन-से पल सूची में हैं</translation>
    </message>
    <message>
      <source>Which window shows the class?</source>
      <translation>कक्षा किस विंडो में दिखती है?</translation>
    </message>
    <message>
      <source>While a session is on, {bookmark} keeps the moment and {pause} pauses or goes on in whatever program you are. No other key is seen. Not on a Mac and under Wayland.</source>
      <translation>सत्र के दौरान आप किसी भी प्रोग्राम में हों: {bookmark} उस पल को सहेजता है, {pause} रोकता है या फिर शुरू करता है। कोई और कुंजी नहीं देखी जाती। Mac और Wayland पर नहीं।</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>कौन</translation>
    </message>
    <message>
      <source>Who is {who}?</source>
      <translation>{who} कौन है?</translation>
    </message>
    <message>
      <source>Who it reads worse</source>
      <translation>किन्हें पढ़ने में ज़्यादा गलती करता है</translation>
    </message>
    <message>
      <source>Who was in view, and whose camera was on, as shares of the time that was watched</source>
      <translation>कौन स्क्रीन पर था और किसका कैमरा चालू था: देखे गए समय का कितना हिस्सा</translation>
    </message>
    <message>
      <source>Who was there, from when to when.</source>
      <translation>कौन मौजूद था, कब से कब तक।</translation>
    </message>
    <message>
      <source>Whole session</source>
      <translation>पूरा सत्र</translation>
    </message>
    <message>
      <source>Width x height + from the left + from the top, in pixels.</source>
      <translation>चौड़ाई x ऊँचाई + बाएँ से दूरी + ऊपर से दूरी, पिक्सेल में।</translation>
    </message>
    <message>
      <source>Window of {program}</source>
      <translation>{program} की विंडो</translation>
    </message>
    <message>
      <source>Window {title}</source>
      <translation>विंडो {title}</translation>
    </message>
    <message>
      <source>Without a course</source>
      <translation>बिना कोर्स</translation>
    </message>
    <message>
      <source>Without individual students</source>
      <translation>अलग-अलग विद्यार्थियों के बिना</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>शब्द</translation>
    </message>
    <message>
      <source>Write a note on the selected student</source>
      <translation>चुने हुए विद्यार्थी पर नोट लिखें</translation>
    </message>
    <message>
      <source>Write it like 1280x720+0+40</source>
      <translation>इस तरह लिखें: 1280x720+0+40</translation>
    </message>
    <message>
      <source>Writing {path}…</source>
      <translation>{path} लिखी जा रही है…</translation>
    </message>
    <message>
      <source>Yemen</source>
      <translation>यमन</translation>
    </message>
    <message>
      <source>You appear as "Student 1", "Student 2" and so on, unless we have agreed on names.</source>
      <translation>आप "विद्यार्थी 1", "विद्यार्थी 2" आदि के रूप में दिखते हैं, जब तक हमने नामों पर सहमति न बनाई हो।</translation>
    </message>
    <message>
      <source>You appear under the name that stands in your tile, and it is stored with the numbers.</source>
      <translation>आप उसी नाम से दिखते हैं जो आपके वीडियो बॉक्स में लिखा है, और वह नाम संख्याओं के साथ सहेजा जाता है।</translation>
    </message>
    <message>
      <source>Zambia</source>
      <translation>ज़ाम्बिया</translation>
    </message>
    <message>
      <source>Zimbabwe</source>
      <translation>ज़िम्बाब्वे</translation>
    </message>
    <message>
      <source>a student</source>
      <translation>एक विद्यार्थी</translation>
    </message>
    <message>
      <source>afraid</source>
      <translation>भयभीत</translation>
    </message>
    <message>
      <source>after {duration}</source>
      <translation>{duration} बाद</translation>
    </message>
    <message>
      <source>all in view</source>
      <translation>पूरे समय</translation>
    </message>
    <message>
      <source>all visible</source>
      <translation>सभी दिखे</translation>
    </message>
    <message>
      <source>angry</source>
      <translation>नाराज़</translation>
    </message>
    <message>
      <source>at {time}</source>
      <translation>{time} पर</translation>
    </message>
    <message>
      <source>attention</source>
      <translation>ध्यान</translation>
    </message>
    <message>
      <source>attention is low</source>
      <translation>ध्यान कम है</translation>
    </message>
    <message>
      <source>attention {difference}</source>
      <translation>ध्यान {difference}</translation>
    </message>
    <message>
      <source>attention {level}</source>
      <translation>ध्यान {level}</translation>
    </message>
    <message>
      <source>away</source>
      <translation>मौजूद नहीं</translation>
    </message>
    <message>
      <source>camera off</source>
      <translation>कैमरा बंद</translation>
    </message>
    <message>
      <source>camera off for {duration}</source>
      <translation>{duration} से कैमरा बंद</translation>
    </message>
    <message>
      <source>camera on</source>
      <translation>कैमरा चालू</translation>
    </message>
    <message>
      <source>camera on {difference}</source>
      <translation>कैमरा चालू रहने का समय {difference}</translation>
    </message>
    <message>
      <source>camera on, but no face seen for {duration}</source>
      <translation>कैमरा चालू, पर {duration} से चेहरा नहीं दिखा</translation>
    </message>
    <message>
      <source>camera {number} sends no picture: was it unplugged?</source>
      <translation>कैमरा {number} से तस्वीर नहीं आ रही: क्या उसे निकाल दिया गया?</translation>
    </message>
    <message>
      <source>cameras on</source>
      <translation>चालू कैमरे</translation>
    </message>
    <message>
      <source>capturing the picture</source>
      <translation>तस्वीर लेते</translation>
    </message>
    <message>
      <source>cut short</source>
      <translation>बीच में रुक गया</translation>
    </message>
    <message>
      <source>disgusted</source>
      <translation>घिन-भरा</translation>
    </message>
    <message>
      <source>dismissed</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>even</source>
      <translation>संतुलित</translation>
    </message>
    <message>
      <source>eyes shut in {shut} of {looks} looks over {duration}, unlike before</source>
      <translation>{duration} में {looks} में से {shut} बार आँखें बंद दिखीं, जो पहले ऐसा नहीं था</translation>
    </message>
    <message>
      <source>face not seen</source>
      <translation>चेहरा नहीं दिख रहा</translation>
    </message>
    <message>
      <source>faces seen</source>
      <translation>दिखते चेहरे</translation>
    </message>
    <message>
      <source>faces visible {difference}</source>
      <translation>दिखते चेहरे {difference}</translation>
    </message>
    <message>
      <source>fair</source>
      <translation>ठीक-ठाक</translation>
    </message>
    <message>
      <source>flag dismissed ({flag})</source>
      <translation>संकेत हटाया गया ({flag})</translation>
    </message>
    <message>
      <source>found {times} of 100 times, on {pictures} photographs only</source>
      <translation>100 में से {times} बार पहचाना, केवल {pictures} तस्वीरों पर</translation>
    </message>
    <message>
      <source>found {times} of 100 times: {words}</source>
      <translation>100 में से {times} बार पहचाना: {words}</translation>
    </message>
    <message>
      <source>from {before} to {after}, minute against minute</source>
      <translation>पहले {before}, फिर {after}; एक मिनट की तुलना अगले मिनट से</translation>
    </message>
    <message>
      <source>going on now</source>
      <translation>अभी जारी</translation>
    </message>
    <message>
      <source>half</source>
      <translation>आधे</translation>
    </message>
    <message>
      <source>happy</source>
      <translation>खुश</translation>
    </message>
    <message>
      <source>high</source>
      <translation>अधिक</translation>
    </message>
    <message>
      <source>in the {level} range for {share}</source>
      <translation>{share} समय {level} स्तर पर</translation>
    </message>
    <message>
      <source>in view</source>
      <translation>स्क्रीन पर</translation>
    </message>
    <message>
      <source>in view {difference}</source>
      <translation>स्क्रीन पर समय {difference}</translation>
    </message>
    <message>
      <source>joined with {who}</source>
      <translation>अब {who} के साथ एक</translation>
    </message>
    <message>
      <source>left out</source>
      <translation>शामिल नहीं</translation>
    </message>
    <message>
      <source>left out for {duration}</source>
      <translation>{duration} तक शामिल नहीं</translation>
    </message>
    <message>
      <source>less</source>
      <translation>कम</translation>
    </message>
    <message>
      <source>lesson</source>
      <translation>क्लास</translation>
    </message>
    <message>
      <source>looks more negative than usual for {duration}</source>
      <translation>{duration} से चेहरा हमेशा से ज़्यादा नकारात्मक</translation>
    </message>
    <message>
      <source>low</source>
      <translation>कम</translation>
    </message>
    <message>
      <source>middle</source>
      <translation>मध्यम</translation>
    </message>
    <message>
      <source>minimised</source>
      <translation>छोटी करके छिपाई गई</translation>
    </message>
    <message>
      <source>mixed</source>
      <translation>मिला-जुला</translation>
    </message>
    <message>
      <source>mood</source>
      <translation>मूड</translation>
    </message>
    <message>
      <source>mood {difference}</source>
      <translation>मूड {difference}</translation>
    </message>
    <message>
      <source>mood {mood}</source>
      <translation>मूड {mood}</translation>
    </message>
    <message>
      <source>more</source>
      <translation>ज़्यादा</translation>
    </message>
    <message>
      <source>more negative</source>
      <translation>ज़्यादा नकारात्मक</translation>
    </message>
    <message>
      <source>more positive</source>
      <translation>ज़्यादा सकारात्मक</translation>
    </message>
    <message>
      <source>mostly attentive</source>
      <translation>ध्यान ज़्यादातर बना है</translation>
    </message>
    <message>
      <source>mostly {expression}</source>
      <translation>ज़्यादातर {expression}</translation>
    </message>
    <message>
      <source>much the same</source>
      <translation>लगभग समान</translation>
    </message>
    <message>
      <source>negative</source>
      <translation>नकारात्मक</translation>
    </message>
    <message>
      <source>neutral</source>
      <translation>तटस्थ</translation>
    </message>
    <message>
      <source>no</source>
      <translation>नहीं</translation>
    </message>
    <message>
      <source>no clear expression</source>
      <translation>कोई स्पष्ट भाव नहीं</translation>
    </message>
    <message>
      <source>no longer {flag}</source>
      <translation>अब नहीं: {flag}</translation>
    </message>
    <message>
      <source>no names were kept to compare with the roster</source>
      <translation>नाम-सूची से मिलाने के लिए कोई नाम नहीं रखे गए</translation>
    </message>
    <message>
      <source>none</source>
      <translation>कोई नहीं</translation>
    </message>
    <message>
      <source>not in the call for {duration}</source>
      <translation>{duration} से कॉल में नहीं</translation>
    </message>
    <message>
      <source>not in this record</source>
      <translation>इस रिकॉर्ड में नहीं</translation>
    </message>
    <message>
      <source>not in view</source>
      <translation>स्क्रीन पर नहीं</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>पता नहीं</translation>
    </message>
    <message>
      <source>not sure</source>
      <translation>पक्का नहीं</translation>
    </message>
    <message>
      <source>nothing read</source>
      <translation>कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
      <source>now</source>
      <translation>अभी</translation>
    </message>
    <message>
      <source>often missed</source>
      <translation>अक्सर छूट जाता है</translation>
    </message>
    <message>
      <source>partly attentive</source>
      <translation>ध्यान कुछ हद तक है</translation>
    </message>
    <message>
      <source>positive</source>
      <translation>सकारात्मक</translation>
    </message>
    <message>
      <source>presence</source>
      <translation>मौजूदगी</translation>
    </message>
    <message>
      <source>reading the faces</source>
      <translation>चेहरे पढ़ते</translation>
    </message>
    <message>
      <source>reliable</source>
      <translation>भरोसेमंद</translation>
    </message>
    <message>
      <source>sad</source>
      <translation>दुखी</translation>
    </message>
    <message>
      <source>seen from {first} to {last}</source>
      <translation>{first} से {last} तक दिखे</translation>
    </message>
    <message>
      <source>simulated</source>
      <translation>काल्पनिक</translation>
    </message>
    <message>
      <source>slightly negative</source>
      <translation>थोड़ा नकारात्मक</translation>
    </message>
    <message>
      <source>slightly positive</source>
      <translation>थोड़ा सकारात्मक</translation>
    </message>
    <message>
      <source>still {after} then, minute against minute</source>
      <translation>तब भी {after}; एक मिनट की तुलना अगले मिनट से</translation>
    </message>
    <message>
      <source>students</source>
      <translation>विद्यार्थी</translation>
    </message>
    <message>
      <source>surprised</source>
      <translation>हैरान</translation>
    </message>
    <message>
      <source>taken in again</source>
      <translation>फिर से शामिल</translation>
    </message>
    <message>
      <source>the mood of {fell} of {students} students fell within the last seconds</source>
      <translation>पिछले कुछ सेकंड में {students} में से {fell} विद्यार्थियों का मूड गिरा</translation>
    </message>
    <message>
      <source>the other lesson</source>
      <translation>दूसरी क्लास</translation>
    </message>
    <message>
      <source>the region is black: is the window minimised or covered?</source>
      <translation>चुना हुआ हिस्सा काला है: क्या विंडो छोटी करके छिपाई गई है या ढकी हुई है?</translation>
    </message>
    <message>
      <source>the region is black: is the window minimised or covered? Wayland lets no program see other windows: log in with an X11 session</source>
      <translation>चुना हुआ हिस्सा काला है: क्या विंडो छोटी करके छिपाई गई है या ढकी हुई है? Wayland किसी प्रोग्राम को दूसरी विंडो देखने नहीं देता: X11 सत्र से लॉग इन करें</translation>
    </message>
    <message>
      <source>the region {region} is off the screen: was a monitor unplugged or changed?</source>
      <translation>चुना हुआ हिस्सा {region} स्क्रीन से बाहर है: क्या कोई मॉनिटर निकाला या बदला गया?</translation>
    </message>
    <message>
      <source>the screen cannot be captured: was a monitor or the display changed?</source>
      <translation>स्क्रीन की तस्वीर नहीं ली जा सकती: क्या कोई मॉनिटर या डिस्प्ले बदला गया?</translation>
    </message>
    <message>
      <source>the watched window is closed: open the call again and it goes on, or stop and choose another window</source>
      <translation>देखी जा रही विंडो बंद हो गई है: कॉल फिर से खोलें तो देखना जारी रहेगा, या समाप्त करें और दूसरी विंडो चुनें</translation>
    </message>
    <message>
      <source>the watched window is minimised or on another workspace: bring it back</source>
      <translation>देखी जा रही विंडो छोटी करके छिपाई गई है या किसी दूसरे वर्कस्पेस पर है: उसे वापस लाएँ</translation>
    </message>
    <message>
      <source>the watched window is too small to show a class: make it larger</source>
      <translation>देखी जा रही विंडो पूरी कक्षा दिखाने के लिए बहुत छोटी है: उसे बड़ा करें</translation>
    </message>
    <message>
      <source>this lesson</source>
      <translation>यह क्लास</translation>
    </message>
    <message>
      <source>visible</source>
      <translation>चेहरा दिख रहा</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>हाँ</translation>
    </message>
    <message numerus="yes">
      <source>{course}, %n session(s)</source>
      <translation>
        <numerusform>{course}, %n सत्र</numerusform>
        <numerusform>{course}, %n सत्र</numerusform>
      </translation>
    </message>
    <message>
      <source>{course}: two lessons</source>
      <translation>{course}: दो क्लासें</translation>
    </message>
    <message>
      <source>{day}, {start} to {end} ({duration})</source>
      <translation>{day}, {start} से {end} तक ({duration})</translation>
    </message>
    <message>
      <source>{expression} ({share})</source>
      <translation>{expression} ({share})</translation>
    </message>
    <message>
      <source>{expression} {percent} %</source>
      <translation>{expression} {percent}%</translation>
    </message>
    <message>
      <source>{faces} in {tiles}</source>
      <translation>{tiles} में {faces}</translation>
    </message>
    <message>
      <source>{first} and {second}</source>
      <translation>{first} और {second}</translation>
    </message>
    <message>
      <source>{first}, {second}</source>
      <translation>{first}, {second}</translation>
    </message>
    <message>
      <source>{flag}: {reason}, since {time}</source>
      <translation>{flag}: {reason}, {time} से</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} घं. {minutes} मि.</translation>
    </message>
    <message>
      <source>{keys}, and in every program {far_keys}</source>
      <translation>{keys}, और हर प्रोग्राम में {far_keys}</translation>
    </message>
    <message numerus="yes">
      <source>{length} long, %n moment(s) marked, the mood is {mood} on the whole</source>
      <translation>
        <numerusform>अवधि {length}, %n पल चिह्नित, कुल मिलाकर मूड {mood}</numerusform>
        <numerusform>अवधि {length}, %n पल चिह्नित, कुल मिलाकर मूड {mood}</numerusform>
      </translation>
    </message>
    <message>
      <source>{lesson}: {what}</source>
      <translation>{lesson}: {what}</translation>
    </message>
    <message>
      <source>{low} to {high} %</source>
      <translation>{low} से {high}%</translation>
    </message>
    <message>
      <source>{milliseconds} ms behind</source>
      <translation>{milliseconds} मि.से. पीछे</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} मिनट</translation>
    </message>
    <message>
      <source>{minutes} min ago</source>
      <translation>{minutes} मिनट पहले</translation>
    </message>
    <message>
      <source>{mood}, attention {level}</source>
      <translation>{mood}, ध्यान {level}</translation>
    </message>
    <message numerus="yes">
      <source>{number} names: {names} and %n more.</source>
      <translation>
        <numerusform>{number} नाम: {names} और %n अन्य।</numerusform>
        <numerusform>{number} नाम: {names} और %n अन्य।</numerusform>
      </translation>
    </message>
    <message>
      <source>{number} skipped</source>
      <translation>{number} छोड़े गए</translation>
    </message>
    <message>
      <source>{on} of {total} cameras on</source>
      <translation>कैमरे चालू: {total} में से {on}</translation>
    </message>
    <message>
      <source>{percent} %</source>
      <translation>{percent}%</translation>
    </message>
    <message>
      <source>{presence} for {duration}</source>
      <translation>{duration} से {presence}</translation>
    </message>
    <message>
      <source>{program} covers a part of the watched window: move it aside</source>
      <translation>{program} ने देखी जा रही विंडो का एक हिस्सा ढक रखा है: उसे एक ओर हटाएँ</translation>
    </message>
    <message>
      <source>{program} covers the watched window: move it aside</source>
      <translation>{program} ने देखी जा रही विंडो को ढक रखा है: उसे एक ओर हटाएँ</translation>
    </message>
    <message>
      <source>{rate} frames/s</source>
      <translation>{rate} फ़्रेम/से.</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} सेकंड</translation>
    </message>
    <message>
      <source>{share} % visible</source>
      <translation>{share}% का चेहरा दिख रहा</translation>
    </message>
    <message>
      <source>{start} to {end}</source>
      <translation>{start} से {end}</translation>
    </message>
    <message>
      <source>{time} is marked. {hint}</source>
      <translation>{time} चिह्नित है। {hint}</translation>
    </message>
    <message>
      <source>{time} · not recorded</source>
      <translation>{time} · दर्ज नहीं</translation>
    </message>
    <message>
      <source>{title} is not open now. Open it, or choose another window.</source>
      <translation>{title} अभी खुली नहीं है। उसे खोलें, या दूसरी विंडो चुनें।</translation>
    </message>
    <message>
      <source>{visible} of {total} visible</source>
      <translation>{total} में से {visible} का चेहरा दिख रहा</translation>
    </message>
    <message>
      <source>{visible} of {total} visible, {expressions}</source>
      <translation>{total} में से {visible} का चेहरा दिख रहा, {expressions}</translation>
    </message>
    <message>
      <source>{visible} visible now</source>
      <translation>अभी {visible} का चेहरा दिख रहा</translation>
    </message>
    <message>
      <source>{what} {share} % of the time</source>
      <translation>{share}% समय {what}</translation>
    </message>
    <message>
      <source>{who} and {other} are one student now.</source>
      <translation>{who} और {other} अब एक ही विद्यार्थी हैं।</translation>
    </message>
    <message>
      <source>{who} is left out.</source>
      <translation>{who} को छोड़ दिया गया है।</translation>
    </message>
    <message>
      <source>{who} is now called {name}.</source>
      <translation>{who} का नाम अब {name} है।</translation>
    </message>
    <message>
      <source>{who} is taken in again.</source>
      <translation>{who} को फिर से शामिल किया गया है।</translation>
    </message>
    <message>
      <source>{who} was erased.</source>
      <translation>{who} को मिटा दिया गया।</translation>
    </message>
    <message>
      <source>{who}: {words}</source>
      <translation>{who}: {words}</translation>
    </message>
    <message>
      <source>{width} × {height}</source>
      <translation>{width} × {height}</translation>
    </message>
    <message>
      <source>{width} × {height} at {left}, {top}</source>
      <translation>{width} × {height}, स्थान {left}, {top}</translation>
    </message>
    <message>
      <source>{words}: {detail}</source>
      <translation>{words}: {detail}</translation>
    </message>
    <message>
      <source>Åland Islands</source>
      <translation>एलैंड द्वीपसमूह</translation>
    </message>
    <message>
      <source>“{title}”</source>
      <translation>“{title}”</translation>
    </message>
  </context>
</TS>
