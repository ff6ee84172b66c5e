"""What the exports of Meta Business Suite have in common, and the headings under which they have it.

Headings follow the language of the user's screen: English, Brazilian Portuguese, German, Spanish, French. English and most of the
Portuguese ones are from real files; the others are from public readers of such files or Meta's own words on screen.
"""

from . import Field, Rule, totals

POST_ID = (
    *("Post ID", "Identificação da publicação", "Identificação do post", "Beitrags-ID"),
    *("Identificador de la publicación", "Identificación de la publicación", "ID de la publicación"),
    *("ID de la publication", "Identifiant de la publication"),
)
_PUBLISHED = (
    *("Publish time", "Horário de publicação", "Hora de publicación", "Heure de publication"),
    *("Veröffentlichungszeit", "Veröffentlichungszeitpunkt", "Zeitpunkt der Veröffentlichung", "Uhrzeit der Veröffentlichung"),
)
_PERMALINK = ("Permalink", "Link permanente", "Permanenter Link", "Enlace permanente", "Permalien", "Lien permanent")
_DESCRIPTION = ("Description", "Descrição", "Beschreibung", "Descripción")
_KIND = (
    *("Post type", "Tipo de publicação", "Tipo de post", "Beitragsart", "Beitragstyp", "Art des Beitrags", "Tipo de publicación"),
    *("Type de publication", "Type de la publication"),
)
_COMMENT = (
    *("Data comment", "Comentário de dados", "Datenkommentar", "Comentario de datos", "Comentario sobre los datos"),
    *("Commentaire sur les données", "Commentaire de données"),
)

VIDEO_3S = (
    *("3-second video views", "Visualizações de vídeo de 3 segundos", "Visualizações do vídeo por 3 segundos"),
    *("Reproducciones de video de 3 segundos", "Reproducciones de vídeo de 3 segundos", "3-sekündige Videoaufrufe"),
    *("Vues de vidéo de 3 secondes", "Vues de vidéos de 3 secondes"),
)
VIDEO_1M = (
    *("1-minute video views", "Visualizações de vídeo de 1 minuto", "Visualizações do vídeo por 1 minuto"),
    *("Reproducciones de video de 1 minuto", "Reproducciones de vídeo de 1 minuto", "1-minütige Videoaufrufe"),
    *("Vues de vidéo de 1 minute", "Vues de vidéos de 1 minute"),
)
SECONDS = ("Seconds viewed", "Segundos visualizados")

PUBLISHED = Field("published", "pacific", _PUBLISHED, required=True)
PERMALINK = Field("permalink", "text", _PERMALINK, required=True)
DESCRIPTION = Field("description", "text", _DESCRIPTION)
KIND = Field("kind", "text", _KIND)
# What people call a post on the platform itself. Other languages' headings were in no file seen.
LABELS = Field("labels", "text", ("Custom labels",))
COMMENT = Field("comment", "text", _COMMENT)
LIFETIME = Field("lifetime", "text", ("Date", "Data", "Datum", "Fecha"))

# What a Facebook Page and an Instagram account are known by.
PAGE = (
    Field(
        "page_id",
        "text",
        (
            *("Page ID", "Identificação da Página", "ID da Página", "Seiten-ID", "ID der Seite"),
            *("Identificador de la página", "Identificación de la página", "ID de la página", "ID de la Page", "Identifiant de la Page"),
        ),
    ),
    Field("page_name", "text", ("Page name", "Nome da Página", "Seitenname", "Name der Seite", "Nombre de la página", "Nom de la Page")),
)
ACCOUNT = (
    Field(
        "account_id",
        "text",
        (
            *("Account ID", "Identificação da conta", "ID da conta", "Konto-ID", "ID des Kontos"),
            *("Identificador de la cuenta", "Identificación de la cuenta", "ID de la cuenta", "ID du compte", "Identifiant du compte"),
        ),
    ),
    Field(
        "username",
        "text",
        (
            *("Account username", "Nome de usuário da conta", "Benutzername des Kontos", "Konto-Benutzername"),
            *("Nombre de usuario de la cuenta", "Nom d’utilisateur du compte"),
        ),
    ),
    Field(
        "account_label", "text", ("Account name", "Nome da conta", "Kontoname", "Name des Kontos", "Nombre de la cuenta", "Nom du compte")
    ),
)

VIEWS = Field("views", "whole", ("Views", "Visualizações", "Aufrufe", "Visualizaciones", "Vues"))
VIEWERS = Field("viewers", "whole", ("Viewers", "Espectadores"))
REACH = Field("reach", "whole", ("Reach", "Alcance", "Reichweite", "Couverture", "Portée"))
IMPRESSIONS = Field("impressions", "whole", ("Impressions", "Impressões", "Impressionen", "Impresiones"))
REACTIONS = Field("reactions_likes", "whole", ("Reactions", "Reações", "Reaktionen", "Reacciones", "Réactions"))
LIKES = Field(
    "reactions_likes",
    "whole",
    ("Likes", "Curtidas", "„Gefällt mir“-Angaben", "Gefällt mir", "Me gusta", "J’aime", "Mentions J’aime"),
)
COMMENTS = Field("comments", "whole", ("Comments", "Comentários", "Kommentare", "Comentarios", "Commentaires"))
SHARES = Field(
    "shares",
    "whole",
    (
        *("Shares", "Compartilhamentos", "Geteilte Inhalte", "Mal geteilt"),
        *("Veces que se compartió", "Veces que se ha compartido", "Compartidos", "Partages"),
    ),
)
SAVES = Field(
    "saves",
    "whole",
    ("Saves", "Salvamentos", "Speicherungen", "Veces que se guardó", "Veces que se ha guardado", "Guardados", "Enregistrements"),
)
FOLLOWS = Field("follows_new", "whole", ("Follows", "Seguimentos", "Seguimientos"))
LINK_CLICKS = Field(
    "link_clicks",
    "whole",
    (
        *("Link Clicks", "Cliques no link", "Cliques em links", "Link-Klicks", "Klicks auf Links"),
        *("Clics en el enlace", "Clics en enlaces", "Clics sur le lien", "Clics sur un lien", "Clics sur des liens"),
    ),
)
ENGAGEMENTS = Field(
    "engagements",
    "whole",
    (
        *("Reactions, Comments and Shares", "Reações, comentários e compartilhamentos"),
        *("Reaktionen, Kommentare und geteilte Inhalte", "Reaktionen, Kommentare und Shares"),
        *("Reacciones, comentarios y veces que se compartió", "Reacciones, comentarios y veces que se ha compartido"),
        *("Réactions, commentaires et partages",),
    ),
)

# What every export of content begins with, behind the columns of the account.
POST = (DESCRIPTION, PUBLISHED, PERMALINK, KIND, COMMENT, LIFETIME, VIEWS, VIEWERS, REACH, IMPRESSIONS)
OF_INSTAGRAM = {
    "file_post_id": "file_id",
    "account": "account_id",
    "account_name": "coalesce(username, account_label)",
    "account_handle": "username",
    "published_at": "published",
    "text": "plain_mentions(description)",
    "kind": "kind",
    "permalink": "permalink",
}
# What only stories have: it tells their export from that of posts, which has all else of it.
STORIES = (
    Field("navigation", "whole", ("Navigation", "Navegação", "Navegación")),
    Field("sticker_taps", "whole", ("Sticker taps", "Toques em figurinhas", "Toques en stickers")),
    Field("comments", "whole", ("Replies", "Respostas", "Antworten", "Respuestas", "Réponses")),
)

# Meta's rows for posts whose figures it could not work out have nothing but this remark.
SKIP = (
    Rule("Meta could not work out the figures of these posts (error rows)", "file_id is null and comment is not null"),
    totals("file_id"),
    totals("description", "lifetime", unless="file_id"),
)

# A figure for the whole life of a post says so in a word of the user's language, such as Lifetime or Vitalício; one for a day has figures.
BY_DAY = Rule(
    "it is a figure for one day; Reach reads lifetime figures, so export without a split by day",
    "case when lifetime <> 'Lifetime' then regexp_matches(lifetime, '[0-9]') end",
    "lifetime",
)
ASIDE = (
    Rule("the record has no post id", "file_id is null", "file_id"),
    Rule("the record has no publish time", "published is null", "published"),
    BY_DAY,
)
