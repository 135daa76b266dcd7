-- Which pictures do questionnaires show, and how large are they?
SELECT named.questionnaire, named.name, named.sha256, shown.width, shown.height
FROM picture_name AS named
JOIN picture AS shown ON shown.sha256 = named.sha256
